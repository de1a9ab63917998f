/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.time.Duration;
import java.util.Optional;

/** A notification that comes as long as all is well, so that others can watch the watcher. */
public interface HeartbeatConfig {

    @Help("how often a heartbeat is sent; not set: never")
    @Bounds(least = "1s", most = "1d")
    Optional<Duration> interval();

    @Help("name of the channel that heartbeats go to, one of monitoring.channels")
    Optional<String> channel();
}
