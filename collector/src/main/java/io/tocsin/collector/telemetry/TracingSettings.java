/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import java.net.URI;

/**
 * Whether spans of Tocsin's own work are made, and where they go.
 *
 * @param enabled off costs nothing
 * @param endpoint takes OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces
 * @param serviceName this collector's name in its traces
 * @param samplingRatio share of the traces begun here that are kept, 0 to 1; those begun elsewhere follow their beginner
 */
public record TracingSettings(boolean enabled, URI endpoint, String serviceName, double samplingRatio) {
    private static final String PATH = "/v1/traces";

    /** An endpoint without a path gets OTLP's own. */
    public TracingSettings {
        if (endpoint.getPath() == null
                || endpoint.getPath().isEmpty()
                || endpoint.getPath().equals("/")) {
            endpoint = endpoint.resolve(PATH);
        }
    }

    /** No spans. */
    public static final TracingSettings OFF =
            new TracingSettings(false, URI.create("http://127.0.0.1:4318/v1/traces"), "tocsin", 1);
}
