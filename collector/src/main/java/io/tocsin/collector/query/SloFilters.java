/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.stream.ProtoSelectors;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloFilter;
import io.tocsin.v1.SloStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which SLOs a caller wants. Immutable. */
final class SloFilters {
    private static final int MAX_NAMES = 1_000;
    private static final List<String> TYPES = List.of("availability", "latency", "error-rate", "throughput");

    private final Set<SloStatus> statuses;
    private final Set<String> types;
    private final Set<String> names;
    private final List<Matcher> matchers;

    private SloFilters(Set<SloStatus> statuses, Set<String> types, Set<String> names, List<Matcher> matchers) {
        this.statuses = statuses;
        this.types = types;
        this.names = names;
        this.matchers = matchers;
    }

    /** Throws INVALID_ARGUMENT. */
    static SloFilters of(SloFilter filter) {
        Set<SloStatus> statuses = EnumSet.noneOf(SloStatus.class);
        for (int i = 0; i < filter.getStatusesCount(); i++) {
            SloStatus status = filter.getStatuses(i);
            if (status == SloStatus.UNRECOGNIZED || status == SloStatus.SLO_STATUS_UNSPECIFIED) {
                throw CallErrors.invalid(
                        "filter.statuses[" + i + "]",
                        "must be MET, AT_RISK, BREACHED or NO_DATA, was " + filter.getStatusesValue(i));
            }
            statuses.add(status);
        }
        for (int i = 0; i < filter.getTypesCount(); i++) {
            if (!TYPES.contains(filter.getTypes(i))) {
                throw CallErrors.invalid(
                        "filter.types[" + i + "]",
                        "must be one of " + String.join(", ", TYPES) + ", was \""
                                + CallErrors.shortened(filter.getTypes(i)) + "\"");
            }
        }
        if (filter.getNamesCount() > MAX_NAMES) {
            throw CallErrors.invalid(
                    "filter.names", "must be at most " + MAX_NAMES + ", were " + filter.getNamesCount());
        }
        return new SloFilters(
                statuses,
                Set.copyOf(filter.getTypesList()),
                Set.copyOf(filter.getNamesList()),
                ProtoSelectors.matchers("filter.matchers", filter.getMatchersList()));
    }

    /** Throws NOT_FOUND for a name that none of these has. */
    void requireKnown(List<Slo> all) {
        Set<String> known = new TreeSet<>();
        all.forEach(slo -> known.add(slo.getName()));
        for (String name : names) {
            if (!known.contains(name)) {
                throw CallErrors.notFound("SLO", name, List.copyOf(known));
            }
        }
    }

    boolean takes(Slo slo) {
        return (statuses.isEmpty() || statuses.contains(slo.getStatus()))
                && (types.isEmpty() || types.contains(slo.getType()))
                && (names.isEmpty() || names.contains(slo.getName()))
                && matchers.stream().allMatch(m -> m.matches(valueOf(m.key(), slo)));
    }

    private static String valueOf(String key, Slo slo) {
        return slo.getGroupList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(Attribute::getValue)
                .findFirst()
                .orElse("");
    }
}
