/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where detectors of others are found. */
public interface PluginsConfig {

    @Help("directory with a folder per plugin; none there: none are loaded")
    @WithDefault("plugins")
    Path dir();
}
