/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.series.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Numbers the series and error types that rows name, for one tenant in one partition, as if the door were a producer. When it
 * knows as many as it may, it forgets all and begins a new epoch, in which ids mean something else. Thread-safe.
 */
final class PushNames {
    /** No producer can take this name: it is reserved. */
    static final String PRODUCER = NameRules.RESERVED + "push";

    private static final int MAX_ERROR_TYPES = 10_000;

    private final String tenant;
    private final int maxSeries;
    private final LongSupplier epochs;
    private final Map<SeriesKey, Integer> series = new HashMap<>();
    private final Map<String, Integer> errorTypes = new HashMap<>();
    private ProducerKey scope;

    PushNames(String tenant, int maxSeries, LongSupplier epochs) {
        this.tenant = tenant;
        this.maxSeries = maxSeries;
        this.epochs = epochs;
        this.scope = new ProducerKey(tenant, PRODUCER, epochs.getAsLong());
    }

    /** Fills the rows' columns; returns what their ids are scoped to. Empty: the journal had no room for new names. */
    synchronized Optional<ProducerKey> number(PushRows rows, Intake intake) {
        Set<SeriesKey> wantedSeries = rows.series();
        Set<String> wantedErrorTypes = rows.errorTypes();
        if (overflows(wantedSeries, series, maxSeries) || overflows(wantedErrorTypes, errorTypes, MAX_ERROR_TYPES)) {
            beginEpoch();
        }
        List<SeriesDefinition> newSeries = new ArrayList<>();
        for (SeriesKey key : wantedSeries) {
            if (!series.containsKey(key)) {
                newSeries.add(new SeriesDefinition(series.size() + newSeries.size(), key));
            }
        }
        List<ErrorTypeDefinition> newErrorTypes = new ArrayList<>();
        for (String name : wantedErrorTypes) {
            if (!errorTypes.containsKey(name)) {
                newErrorTypes.add(new ErrorTypeDefinition(errorTypes.size() + newErrorTypes.size() + 1, name));
            }
        }
        if (!newSeries.isEmpty() || !newErrorTypes.isEmpty()) {
            if (!intake.define(new Entry.Definitions(scope, newSeries, newErrorTypes))) {
                return Optional.empty();
            }
            newSeries.forEach(taken -> series.put(taken.key(), taken.id()));
            newErrorTypes.forEach(taken -> errorTypes.put(taken.name(), taken.id()));
        }
        rows.number(key -> series.getOrDefault(key, 0), name -> errorTypes.getOrDefault(name, 0));
        return Optional.of(scope);
    }

    private void beginEpoch() {
        series.clear();
        errorTypes.clear();
        scope = new ProducerKey(tenant, PRODUCER, epochs.getAsLong());
    }

    /** One push alone may have more than the limit: its rows are bounded anyhow. */
    private static <T> boolean overflows(Set<T> wanted, Map<T, Integer> known, int limit) {
        int count = known.size();
        for (T name : wanted) {
            count += known.containsKey(name) ? 0 : 1;
        }
        return count > limit && !known.isEmpty();
    }
}
