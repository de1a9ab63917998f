/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import io.tocsin.client.Status;
import io.tocsin.collector.backtest.EntryBuilder;
import io.tocsin.collector.backtest.EntrySource;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of records as the journal of a recording would hold it: in order of end time as far as 30 s allow, its records being the clock, with a tick at least every
 * 250 ms of it that has records. Rows that cannot be read are told and left out. Confined to one thread.
 */
public final class RecordedSource implements EntrySource {
    private static final String TENANT = "default";
    private static final long SORT_WINDOW_MILLIS = 30_000;
    private static final int SORT_AT_MOST = 2_000_000;
    private static final long TICK_MILLIS = 250;
    /** Rules that are set aside for a source are in force this long after its first tick. */
    private static final long LEAD_IN_MILLIS = 1_000;

    private final RecordFile rows;
    private final Path file;
    private final Consumer<String> badRows;
    private final EndTimeSort sort;
    private final Deque<Entry> ready = new ArrayDeque<>();
    private final EntryBuilder builder = new EntryBuilder(TENANT, ready::add);
    private final Map<RecordedSeries, SeriesKey> keys = new HashMap<>();
    private boolean begun;
    private boolean ended;
    private long latestMillis;
    private long tickMillis;
    private long offset;

    /** {@code badRows} gets a line for each row that cannot be read. */
    public RecordedSource(Path file, Consumer<String> badRows) {
        this.file = file;
        this.badRows = badRows;
        this.rows = new RecordFile(file);
        this.sort = new EndTimeSort(SORT_WINDOW_MILLIS, SORT_AT_MOST, this::record);
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    public @Nullable Entry next() {
        while (ready.isEmpty() && !ended) {
            if (rows.hasNext()) {
                read();
            } else {
                finish();
            }
        }
        Entry next = ready.poll();
        if (next != null) {
            offset++;
        }
        return next;
    }

    private void read() {
        try {
            sort.take(rows.next());
        } catch (BadRowException e) {
            badRows.accept(file + " line " + rows.line() + ": " + e.getMessage());
        }
    }

    private void finish() {
        sort.finish();
        ended = true;
        if (begun) {
            builder.tick(latestMillis);
            builder.end(latestMillis);
        }
    }

    private void record(RecordedOutcome outcome) {
        long endMillis = outcome.endMillis();
        if (!begun) {
            begun = true;
            builder.liveness(Liveness.ALIVE, endMillis);
            builder.tick(endMillis - LEAD_IN_MILLIS);
            builder.tick(endMillis);
            tickMillis = endMillis;
            latestMillis = endMillis;
        }
        if (endMillis - tickMillis >= TICK_MILLIS) {
            builder.tick(latestMillis);
            tickMillis = endMillis;
        }
        latestMillis = Math.max(latestMillis, endMillis);
        builder.outcome(
                keys.computeIfAbsent(outcome.series(), RecordedSource::key),
                endMillis,
                outcome.latencySeconds(),
                outcome.status() == Status.ERROR || outcome.status() == Status.TIMED_OUT,
                errorType(outcome));
    }

    private static SeriesKey key(RecordedSeries series) {
        return new SeriesKey(RecordedSeries.METRIC, SeriesKind.OUTCOME, Attributes.of(series.keyValuePairs()));
    }

    /** As the client SDK has it. */
    private static String errorType(RecordedOutcome outcome) {
        String said = outcome.errorType() == null ? "" : outcome.errorType();
        return switch (outcome.status()) {
            case OK -> "";
            case ERROR -> said;
            case CANCELLED -> "cancelled";
            case TIMED_OUT -> said.isEmpty() ? "timeout" : said;
        };
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public double share() {
        return rows.share();
    }

    @Override
    public void close() {
        rows.close();
    }
}
