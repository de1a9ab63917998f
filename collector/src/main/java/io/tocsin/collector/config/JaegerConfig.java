/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import java.net.URI;

/** Where traces go. */
public interface JaegerConfig {

    @Help("where traces go, as OTLP: Jaeger, an OpenTelemetry Collector, or what else takes it")
    @WithDefault("http://127.0.0.1:4318/v1/traces")
    URI endpoint();
}
