/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Imported data. */
public interface RecordingsConfig {

    @Help("recordings a tenant may have at once")
    @WithDefault("8")
    @Bounds(least = "0", most = "1000")
    int max();

    @Help("bytes of windows kept for each recording; beyond it the oldest go")
    @WithDefault("1 GiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long storeMaxBytes();
}
