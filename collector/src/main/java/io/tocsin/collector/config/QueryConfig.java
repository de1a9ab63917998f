/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a query may ask for. */
public interface QueryConfig {

    @Help("how long a query waits for the position that it asks for")
    @WithDefault("10s")
    @Bounds(least = "0s", most = "5m")
    Duration maxWait();

    @Help("points of one line; a query for more is refused")
    @WithDefault("11000")
    @Bounds(least = "1", most = "1000000")
    int maxPoints();

    @Help("points of one page; beyond it the page ends early")
    @WithDefault("55000")
    @Bounds(least = "1", most = "10000000")
    int maxPagePoints();

    @Help("watches of views open at a time; further ones are refused")
    @WithDefault("1000")
    @Bounds(least = "1", most = "100000")
    int maxWatches();

    @Help("bytes of answers kept for equal questions; beyond it those not asked for longest go")
    @WithDefault("32 MiB")
    @Bounds(least = "1 MiB")
    @WithConverter(ByteSizeConverter.class)
    long maxAnswerBytes();
}
