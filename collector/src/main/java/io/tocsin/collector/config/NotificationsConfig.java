/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** What holds for all channels. */
public interface NotificationsConfig {

    @Help("notifications that may wait for one channel; for a further one the oldest is given up, and counted as lost")
    @WithDefault("1000")
    @Bounds(least = "1", most = "100000")
    int queueMax();

    @Help("where people reach this collector's HTTP, for links; not set: monitoring.http.host and port")
    Optional<URI> externalUrl();
}
