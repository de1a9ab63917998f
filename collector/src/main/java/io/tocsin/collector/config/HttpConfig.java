/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;

/** Where browsers and Prometheus connect. */
public interface HttpConfig {

    @Help("address to listen on; 0.0.0.0 for all")
    @WithDefault("127.0.0.1")
    String host();

    @Help("port to listen on; 0: any free one")
    @WithDefault("9317")
    @Bounds(least = "0", most = "65535")
    int port();

    @Help("connections at once; further clients wait until one is closed")
    @WithDefault("1250")
    @Bounds(least = "10", most = "100000")
    int maxConnections();

    @Help("clients at once that get events as they happen; further ones are refused")
    @WithDefault("1000")
    @Bounds(least = "0", most = "100000")
    int maxEventStreams();
}
