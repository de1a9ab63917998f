/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a collector is run for: the defaults that differ, all of them here. What anybody sets wins over them. */
public enum Profile {
    /** On one's own machine: the defaults as they are. */
    DEVELOPMENT,
    /** Where it matters: fewer traces, and logs that programs read. */
    PRODUCTION,
    /** In other systems' tests: beside others on one machine. */
    TESTING;

    /** Texts by key, in place of the declared defaults. */
    Map<String, String> defaults() {
        return switch (this) {
            case DEVELOPMENT -> Map.of();
            case PRODUCTION ->
                Map.of("monitoring.opentelemetry.sampling-ratio", "0.1", "monitoring.log.format", "json");
            case TESTING ->
                Map.of("monitoring.grpc.port", "0", "monitoring.http.port", "0", "monitoring.in-memory", "true");
        };
    }

    static Optional<Profile> find(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }

    /** As users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
