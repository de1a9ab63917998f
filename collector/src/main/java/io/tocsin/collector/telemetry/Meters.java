/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Registers counters and gauges that somebody else counts. Thread-safe. */
final class Meters {
    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    <T> void counter(String name, String description, Tags tags, T counters, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, counters, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    <T> void gauge(String name, String description, Tags tags, T stage, ToDoubleFunction<T> value) {
        Gauge.builder(name, stage, value).description(description).tags(tags).register(registry);
    }

    /** As a label says it. */
    static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
