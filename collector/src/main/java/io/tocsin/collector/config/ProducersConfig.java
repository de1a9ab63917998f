/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What silence of a producer means. */
public interface ProducersConfig {

    @Help("a producer not heard this long is lost: its silence proves nothing")
    @WithDefault("5s")
    @Bounds(least = "1s", most = "1h")
    Duration lostAfter();
}
