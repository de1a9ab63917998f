/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as options take them: {@code 2026-01-31T12:00:00Z}, or {@code 2026-01-31} for midnight UTC. */
public final class TimeText implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "must be like 2026-01-31T12:00:00Z or 2026-01-31 (UTC), was '" + text + "'");
        }
    }
}
