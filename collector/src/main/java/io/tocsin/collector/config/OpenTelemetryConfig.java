/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;

/** Traces by OpenTelemetry's protocol; where they go says {@link JaegerConfig}. */
public interface OpenTelemetryConfig {

    @Help("whether traces are sent; off costs nothing")
    @WithDefault("false")
    boolean enabled();

    @Help("share of the traces that begin here which are sent; one that a caller has begun follows the caller's choice")
    @WithDefault("1")
    @Bounds(least = "0", most = "1")
    double samplingRatio();
}
