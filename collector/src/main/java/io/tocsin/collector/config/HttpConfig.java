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
}
