/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as options take them: {@code 500ms}, {@code 90s}, {@code 5m}, {@code 1h30m}; a bare number is seconds. */
final class DurationText implements ITypeConverter<Duration> {
    private static final Pattern PARTS = Pattern.compile(
            "(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?" + "(?:(\\d{1,9}+)(?:s|$))?(?:(\\d{1,9})ms)?");

    @Override
    public Duration convert(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new TypeConversionException("must be like 90s, 5m or 1h30m, was '" + text + "'");
        }
        return Duration.ofDays(part(parts, 1))
                .plusHours(part(parts, 2))
                .plusMinutes(part(parts, 3))
                .plusSeconds(part(parts, 4))
                .plusMillis(part(parts, 5));
    }

    private static long part(Matcher parts, int group) {
        String number = parts.group(group);
        return number == null ? 0 : Long.parseLong(number);
    }
}
