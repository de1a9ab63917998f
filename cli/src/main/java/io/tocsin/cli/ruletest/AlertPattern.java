/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.detectors.Severity;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which alert is meant. Immutable.
 *
 * @param group attributes that it must have; it may have others too
 * @param kind of finding; empty: any
 * @param severity its worst; empty: any
 */
record AlertPattern(String rule, Map<String, String> group, Optional<String> kind, Optional<Severity> severity) {
    AlertPattern {
        group = Map.copyOf(group);
    }

    /** The severity aside: one of another severity is told as such, not as missing. */
    boolean isAbout(Alert alert) {
        return rule.equals(alert.rule())
                && kind.map(alert.kind()::equals).orElse(true)
                && group.entrySet().stream()
                        .allMatch(e -> alert.group().get(e.getKey()).equals(e.getValue()));
    }

    static String text(Alert alert) {
        boolean tellsMore = !alert.kind().isEmpty() && !alert.rule().contains(alert.kind());
        return alert.rule()
                + (tellsMore ? "/" + alert.kind() : "")
                + group(alert.group().asMap());
    }

    private static String group(Map<String, String> group) {
        return group.isEmpty() ? "" : " " + new TreeMap<>(group);
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return rule + kind.map(k -> "/" + k).orElse("") + group(group);
    }
}
