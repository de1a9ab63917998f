/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;

/** What the collector writes about itself, on standard error. */
public interface LogConfig {

    /** How a line is written. */
    enum Format {
        /** For people. */
        TEXT,
        /** One object a line, for programs. */
        JSON
    }

    @Help("how the collector's own warnings are written: a line for people, or an object for programs")
    @WithDefault("text")
    Format format();
}
