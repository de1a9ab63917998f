/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where detectors of others are found. */
public interface PluginsConfig {

    @Help("directory with a folder per plugin; the default may be missing, one that is set must be there")
    @WithDefault("plugins")
    Path dir();
}
