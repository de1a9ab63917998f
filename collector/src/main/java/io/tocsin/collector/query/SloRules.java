/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.rule.Rule;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Parameter;
import java.time.Duration;
import java.util.Optional;

/** What a rule's parameters say of the SLO that it keeps, before its detector has seen any data. Thread-safe. */
final class SloRules {
    /** Our detector that keeps SLOs; others are known by the gauges that they tell. */
    static final String DETECTOR = "slo";

    static final String THROUGHPUT = "throughput";

    private final DetectorCatalog catalog;

    SloRules(DetectorCatalog catalog) {
        this.catalog = catalog;
    }

    boolean keepsSlo(Rule rule) {
        return rule.detector().equals(DETECTOR);
    }

    String type(Rule rule) {
        return value(rule, "type").map(Object::toString).orElse("");
    }

    double target(Rule rule) {
        return value(rule, "target")
                .map(v -> v instanceof Number n ? n.doubleValue() : 0.0)
                .orElse(0.0);
    }

    long windowMillis(Rule rule) {
        return value(rule, "window")
                .map(v -> v instanceof Duration d ? d.toMillis() : 0L)
                .orElse(0L);
    }

    /** As set, else the default; empty if the detector knows no such parameter. */
    private Optional<Object> value(Rule rule, String name) {
        Optional<Parameter<?>> declared = catalog.find(rule.detector()).flatMap(factory -> parameter(factory, name));
        String text = rule.parameters().get(name);
        if (declared.isEmpty()) {
            return Optional.ofNullable(text);
        }
        try {
            return text != null
                    ? Optional.of(declared.get().parse(text))
                    : declared.get().defaultValue().map(v -> v);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the rule does not run; its view says why
        }
    }

    private static Optional<Parameter<?>> parameter(DetectorFactory factory, String name) {
        for (Parameter<?> parameter : factory.parameters()) {
            if (parameter.name().equals(name)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }
}
