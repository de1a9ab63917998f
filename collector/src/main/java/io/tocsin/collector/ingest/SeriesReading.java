/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.ingest.IdMeanings.Problem;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.SeriesDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A series as a producer names it: its key, or what is wrong with it. Immutable. */
final class SeriesReading {
    private final @Nullable SeriesKey key;
    private final @Nullable Problem problem;

    private SeriesReading(@Nullable SeriesKey key, @Nullable Problem problem) {
        this.key = key;
        this.problem = problem;
    }

    static SeriesReading of(SeriesDefinition definition) {
        Optional<SeriesKind> kind = kind(definition.getKind());
        if (kind.isEmpty()) {
            return bad(
                    "series id " + definition.getId(),
                    Reason.WRONG_KIND,
                    "kind must be OUTCOME, GAUGE or COUNTER, was " + definition.getKindValue());
        }
        Map<String, String> attributes = new TreeMap<>();
        Optional<String> problem = collect(definition.getAttributesList(), attributes);
        return problem.map(p -> bad("series id " + definition.getId(), Reason.BAD_NAME, p))
                .orElseGet(
                        () -> named("series id " + definition.getId(), definition.getName(), kind.get(), attributes));
    }

    /** Of a row that brings its names along. */
    static SeriesReading of(String metric, SeriesKind kind, Map<String, String> attributes) {
        Optional<String> problem = NameRules.attributeCount(attributes.size());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            problem = problem.or(() -> NameRules.attribute(attribute.getKey(), attribute.getValue()));
        }
        return problem.map(p -> bad("row", Reason.BAD_NAME, p)).orElseGet(() -> named("row", metric, kind, attributes));
    }

    private static SeriesReading named(String what, String metric, SeriesKind kind, Map<String, String> attributes) {
        return NameRules.metric(metric)
                .map(p -> bad(what, Reason.BAD_NAME, p))
                .orElseGet(() -> new SeriesReading(new SeriesKey(metric, kind, Attributes.of(attributes)), null));
    }

    private static SeriesReading bad(String what, Reason reason, String problem) {
        return new SeriesReading(null, new Problem(reason, what + ": " + problem));
    }

    private static Optional<String> collect(List<Attribute> given, Map<String, String> attributes) {
        Optional<String> problem = NameRules.attributeCount(given.size());
        for (Attribute attribute : given) {
            if (problem.isPresent()) {
                break;
            }
            problem = NameRules.attribute(attribute.getKey(), attribute.getValue());
            if (attributes.put(attribute.getKey(), attribute.getValue()) != null) {
                problem = problem.or(() -> Optional.of(NameRules.duplicate(attribute.getKey())));
            }
        }
        return problem;
    }

    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Throws if there is a problem. */
    SeriesKey key() {
        if (key == null) {
            throw new IllegalStateException("a series with a problem has no key: " + problem);
        }
        return key;
    }

    static Optional<SeriesKind> kind(io.tocsin.v1.SeriesKind kind) {
        return switch (kind) {
            case SERIES_KIND_OUTCOME -> Optional.of(SeriesKind.OUTCOME);
            case SERIES_KIND_GAUGE -> Optional.of(SeriesKind.GAUGE);
            case SERIES_KIND_COUNTER -> Optional.of(SeriesKind.COUNTER);
            case SERIES_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    static byte kindByte(SeriesKind kind) {
        return switch (kind) {
            case OUTCOME -> IdMeanings.OUTCOME;
            case GAUGE -> IdMeanings.GAUGE;
            case COUNTER -> IdMeanings.COUNTER;
        };
    }
}
