/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes entries, as a journal would hold them, of records that come from elsewhere: a file, a test. One producer that is alive from its first record on.
 * Holds one batch. Not thread-safe.
 */
public final class EntryBuilder {
    private static final int MAX_ROWS = 1_024;

    private final ProducerKey producer;
    private final Consumer<Entry> to;
    private final Map<SeriesKey, Integer> series = new HashMap<>();
    private final Map<String, Integer> errorTypes = new HashMap<>();
    private final BatchColumns columns = new BatchColumns();
    private final BatchEncoder encoder = new BatchEncoder();
    private long sequence;
    private long engineMillis;

    /** @param to gets entries in order */
    public EntryBuilder(String tenant, Consumer<Entry> to) {
        this.producer = new ProducerKey(tenant, "recorded", 1);
        this.to = to;
    }

    /** Sets rules. */
    public void rules(List<Rule> rules) {
        rules.forEach(rule -> to.accept(new Entry.RuleSet(producer.tenant(), rule)));
    }

    /** The producer is alive, or is not any more. */
    public void liveness(Liveness liveness, long atMillis) {
        flush();
        to.accept(new Entry.LivenessChanged(producer, liveness, atMillis));
    }

    /** A finished request or task. */
    public void outcome(SeriesKey whose, long endMillis, double latencySeconds, boolean failed, String errorType) {
        if (columns.measurements() > 0) {
            flush();
        }
        int id = id(whose);
        columns.addOutcome(
                id, endMillis, latencySeconds, failed, errorType.isEmpty() ? 0 : errorType(errorType), 0, 0, 0);
        flushIfFull();
    }

    /** One value, or one increment. */
    public void measurement(SeriesKey whose, long timeMillis, double value) {
        columns.addMeasurement(id(whose), timeMillis, value);
        flushIfFull();
    }

    /** All that was recorded is there, and engine time is this; never less than before. */
    public void tick(long millis) {
        flush();
        engineMillis = millis;
        to.accept(new Entry.Tick(millis));
    }

    /** The last record has been recorded: every window is judged. */
    public void end(long atMillis) {
        liveness(Liveness.STOPPED, atMillis);
        to.accept(new Entry.Ended());
    }

    private int id(SeriesKey whose) {
        Integer known = series.get(whose);
        if (known != null) {
            return known;
        }
        int id = series.size();
        series.put(whose, id);
        to.accept(new Entry.Definitions(producer, List.of(new SeriesDefinition(id, whose)), List.of()));
        return id;
    }

    private int errorType(String name) {
        Integer known = errorTypes.get(name);
        if (known != null) {
            return known;
        }
        int id = errorTypes.size() + 1;
        errorTypes.put(name, id);
        to.accept(new Entry.Definitions(producer, List.of(), List.of(new ErrorTypeDefinition(id, name))));
        return id;
    }

    private void flushIfFull() {
        if (columns.rows() >= MAX_ROWS) {
            flush();
        }
    }

    private void flush() {
        if (columns.rows() == 0) {
            return;
        }
        sequence++;
        columns.sequence(sequence);
        to.accept(new Entry.Batch(
                producer, sequence, BatchForm.STREAM, encoder.encode(columns), new int[0], 0, engineMillis));
        columns.clear();
    }
}
