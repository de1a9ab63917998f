/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import io.tocsin.client.Status;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** Finished calls, one a row: our own shape. Confined to one thread. */
final class OutcomeFormat implements RecordFormat {
    static final List<String> REQUIRED = List.of("time", "agent_type", "instance", "task_type", "latency_s", "status");

    private final Cells cells;
    private final Map<RecordedSeries, RecordedSeries> series = new HashMap<>();

    OutcomeFormat(List<String> header) {
        this.cells = new Cells(header);
    }

    @Override
    public RecordedOutcome read(CSVRecord row) throws BadRowException {
        double latencySeconds = cells.decimal(row, "latency_s");
        if (!(latencySeconds >= 0) || Double.isInfinite(latencySeconds)) {
            throw new BadRowException("latency_s must be finite and 0 or more, was " + latencySeconds);
        }
        String errorType = cells.text(row, "error_type");
        RecordedSeries whose = new RecordedSeries(
                cells.required(row, "agent_type"), cells.text(row, "instance"), cells.text(row, "task_type"));
        return new RecordedOutcome(
                series.computeIfAbsent(whose, s -> s),
                millis(cells.raw(row, "time")),
                latencySeconds,
                status(cells.text(row, "status")),
                errorType.isEmpty() ? null : errorType);
    }

    private static long millis(String text) throws BadRowException {
        try {
            boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return number ? Long.parseLong(text) : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            throw new BadRowException(
                    "time must be milliseconds since 1970 or like 2026-01-31T12:00:00.250Z, was '" + text + "'");
        }
    }

    private static Status status(String text) throws BadRowException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ok" -> Status.OK;
            case "error" -> Status.ERROR;
            case "cancelled" -> Status.CANCELLED;
            case "timed_out" -> Status.TIMED_OUT;
            default ->
                throw new BadRowException("status must be ok, error, cancelled or timed_out, was '" + text + "'");
        };
    }
}
