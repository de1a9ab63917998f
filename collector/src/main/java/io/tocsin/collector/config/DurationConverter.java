/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.detectors.Parameter;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 30d}: the same words as a detector's parameters. */
public final class DurationConverter implements Converter<Duration> {
    private static final Parameter<Duration> GRAMMAR = Parameter.duration("duration", "a setting's or rule's duration");

    @Override
    public Duration convert(String text) {
        return GRAMMAR.parse(text);
    }
}
