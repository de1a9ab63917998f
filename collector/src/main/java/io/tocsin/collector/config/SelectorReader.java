/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Matcher.Operator;
import io.tocsin.collector.series.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which series something is about: {@code {metric: …, where: {…}, where-not: {…}}}. Stateless. */
final class SelectorReader {
    private static final List<String> KEYS = List.of("metric", "where", "where-not");

    private SelectorReader() {}

    /** Empty if there is none; the problem has been told then. */
    static Optional<Selector> read(TableReader reader) {
        reader.refuseAllBut(KEYS);
        String metric = reader.requiredText("metric");
        List<Matcher> matchers = matchers(reader);
        return metric.isEmpty() ? Optional.empty() : Optional.of(new Selector(metric, matchers));
    }

    /** Of the tables {@code where} and {@code where-not}. */
    static List<Matcher> matchers(TableReader reader) {
        List<Matcher> matchers = new ArrayList<>();
        reader.table("where").ifPresent(where -> matchers(where, Operator.EQUAL, Operator.IN, matchers));
        reader.table("where-not").ifPresent(not -> matchers(not, Operator.NOT_EQUAL, Operator.NOT_IN, matchers));
        return matchers;
    }

    private static void matchers(TableReader where, Operator one, Operator several, List<Matcher> into) {
        where.refuseKeysWithoutValue();
        for (String key : where.keys()) {
            List<String> values = where.texts(key);
            try {
                into.add(new Matcher(key, values.size() == 1 ? one : several, values));
            } catch (IllegalArgumentException e) {
                where.problem(key, "must be a text, or a list of 1 to " + Matcher.MAX_VALUES + " texts");
            }
        }
    }
}
