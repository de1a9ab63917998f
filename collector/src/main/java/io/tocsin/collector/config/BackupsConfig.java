/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.nio.file.Path;
import java.util.Optional;

/** Where copies of the data directory may be put. */
public interface BackupsConfig {

    @Help(
            "AdminService.Backup and ./tocsin backup may write to new folders below this one, and nowhere else; not set: they are refused")
    Optional<Path> dir();
}
