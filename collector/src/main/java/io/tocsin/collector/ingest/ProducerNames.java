/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.ingest.IdMeanings.Problem;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.v1.Definitions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that one (tenant, producer, epoch) has given to its ids in one partition; all of its streams share them. A definition
 * that cannot be taken costs the records of its id, never the stream. Thread-safe.
 */
final class ProducerNames {
    static final int MAX_SERIES_ID = 16_777_215;
    static final int MAX_ERROR_TYPE_ID = 65_535;

    private final ProducerKey scope;
    private final IngestCounters counters;
    private final IdMeanings series = new IdMeanings();
    private final IdMeanings errorTypes = new IdMeanings();

    ProducerNames(ProducerKey scope, IngestCounters counters) {
        this.scope = scope;
        this.counters = counters;
    }

    IdMeanings series() {
        return series;
    }

    IdMeanings errorTypes() {
        return errorTypes;
    }

    /** Hands what is new on to the journal, which so has it before any batch that uses it. False: the journal took none of it. */
    synchronized boolean define(Definitions definitions, Intake intake) {
        Map<Integer, SeriesDefinition> newSeries = new LinkedHashMap<>();
        Map<Integer, ErrorTypeDefinition> newErrorTypes = new LinkedHashMap<>();
        for (io.tocsin.v1.SeriesDefinition definition : definitions.getSeriesList()) {
            readSeries(definition, newSeries);
        }
        for (io.tocsin.v1.ErrorTypeDefinition definition : definitions.getErrorTypesList()) {
            readErrorType(definition, newErrorTypes);
        }
        if (newSeries.isEmpty() && newErrorTypes.isEmpty()) {
            return true;
        }
        if (!intake.define(
                new Entry.Definitions(scope, List.copyOf(newSeries.values()), List.copyOf(newErrorTypes.values())))) {
            return false;
        }
        taken(newSeries.values(), newErrorTypes.values());
        return true;
    }

    /** The journal has these already. */
    void recover(Entry.Definitions definitions) {
        taken(definitions.series(), definitions.errorTypes());
    }

    private void taken(Collection<SeriesDefinition> newSeries, Collection<ErrorTypeDefinition> newErrorTypes) {
        for (SeriesDefinition taken : newSeries) {
            series.define(taken.id(), SeriesReading.kindByte(taken.key().kind()), Fingerprint.of(taken.key()));
        }
        for (ErrorTypeDefinition taken : newErrorTypes) {
            errorTypes.define(taken.id(), IdMeanings.ERROR_TYPE, Fingerprint.of(taken.name()));
        }
    }

    private void readSeries(io.tocsin.v1.SeriesDefinition definition, Map<Integer, SeriesDefinition> fresh) {
        int id = definition.getId();
        if (id < 0 || id > MAX_SERIES_ID) {
            counters.badDefinitions.increment(); // its records find no definition and are rejected
            return;
        }
        SeriesReading reading = SeriesReading.of(definition);
        if (reading.problem().isPresent()) {
            refuse(series, id, reading.problem().get());
            return;
        }
        SeriesKey key = reading.key();
        long known = series.fingerprint(id);
        SeriesDefinition before = fresh.get(id);
        if (before != null ? !before.key().equals(key) : known != 0 && known != Fingerprint.of(key)) {
            fresh.remove(id);
            refuse(series, id, redefined("series id " + id, key.metric() + key.attributes()));
        } else if (known == 0) {
            fresh.put(id, new SeriesDefinition(id, key));
        }
    }

    private void readErrorType(io.tocsin.v1.ErrorTypeDefinition definition, Map<Integer, ErrorTypeDefinition> fresh) {
        int id = definition.getId();
        if (id < 1 || id > MAX_ERROR_TYPE_ID) {
            counters.badDefinitions.increment();
            return;
        }
        var problem = NameRules.errorType(definition.getName());
        if (problem.isPresent()) {
            refuse(errorTypes, id, new Problem(Reason.BAD_NAME, "error type id " + id + ": " + problem.get()));
            return;
        }
        long known = errorTypes.fingerprint(id);
        ErrorTypeDefinition before = fresh.get(id);
        if (before != null
                ? !before.name().equals(definition.getName())
                : known != 0 && known != Fingerprint.of(definition.getName())) {
            fresh.remove(id);
            refuse(errorTypes, id, redefined("error type id " + id, definition.getName()));
        } else if (known == 0) {
            fresh.put(id, new ErrorTypeDefinition(id, definition.getName()));
        }
    }

    private void refuse(IdMeanings meanings, int id, Problem problem) {
        counters.badDefinitions.increment();
        meanings.refuse(id, problem);
    }

    private static Problem redefined(String what, String now) {
        return new Problem(
                Reason.BAD_NAME,
                what + " was given another meaning, " + NameRules.shortened(now)
                        + "; an id must keep its meaning for the whole epoch");
    }
}
