/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import io.tocsin.client.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/**
 * Spans of a trace: a service is an agent type, an operation a task type. A span says nothing of success, so all are OK.
 * Ends are rounded down to milliseconds. Confined to one thread.
 */
final class SpanFormat implements RecordFormat {
    static final List<String> COLUMNS =
            List.of("trace", "span", "parent", "service", "operation", "start_us", "duration_us");

    private final Cells cells;
    private final Map<RecordedSeries, RecordedSeries> series = new HashMap<>();

    SpanFormat(List<String> header) {
        this.cells = new Cells(header);
    }

    @Override
    public RecordedOutcome read(CSVRecord row) throws BadRowException {
        long durationMicros = cells.whole(row, "duration_us");
        if (durationMicros < 0) {
            throw new BadRowException("duration_us must be 0 or more, was " + durationMicros);
        }
        RecordedSeries whose = new RecordedSeries(cells.required(row, "service"), "", cells.text(row, "operation"));
        return new RecordedOutcome(
                series.computeIfAbsent(whose, s -> s),
                Math.floorDiv(cells.whole(row, "start_us") + durationMicros, 1_000L),
                durationMicros / 1e6,
                Status.OK,
                null);
    }
}
