/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads whole seconds: {@code 30} as well as {@code 30s} or {@code 5m}. */
public final class SecondsConverter implements Converter<Duration> {
    private static final Pattern BARE = Pattern.compile("\\d{1,9}");
    private static final DurationConverter WITH_UNIT = new DurationConverter();

    @Override
    public Duration convert(String text) {
        String stripped = text.strip();
        Duration read = WITH_UNIT.convert(BARE.matcher(stripped).matches() ? stripped + "s" : stripped);
        if (read.toMillis() % 1_000 != 0) {
            throw new IllegalArgumentException("no whole seconds: " + text);
        }
        return read;
    }
}
