/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import java.util.ArrayList;
import java.util.List;

/** Selectors and matchers as they come over the wire; throws INVALID_ARGUMENT naming field, value and what is allowed. */
public final class ProtoSelectors {
    static final int MAX_MATCHERS = 32;

    private ProtoSelectors() {}

    public static Selector selector(String field, io.tocsin.v1.Selector selector) {
        if (selector.getMetric().isEmpty() || selector.getMetric().length() > 128) {
            throw CallErrors.invalid(
                    field + ".metric",
                    "must have 1 to 128 characters, had " + selector.getMetric().length());
        }
        return new Selector(selector.getMetric(), matchers(field + ".matchers", selector.getMatchersList()));
    }

    public static List<Matcher> matchers(String field, List<io.tocsin.v1.Matcher> matchers) {
        if (matchers.size() > MAX_MATCHERS) {
            throw CallErrors.invalid(field, "must be at most " + MAX_MATCHERS + ", were " + matchers.size());
        }
        List<Matcher> read = new ArrayList<>();
        for (int i = 0; i < matchers.size(); i++) {
            io.tocsin.v1.Matcher matcher = matchers.get(i);
            String at = field + "[" + i + "]";
            try {
                read.add(new Matcher(matcher.getKey(), operator(at, matcher), matcher.getValuesList()));
            } catch (IllegalArgumentException e) {
                throw CallErrors.invalid(at, "is wrong: " + e.getMessage());
            }
        }
        return read;
    }

    private static Matcher.Operator operator(String field, io.tocsin.v1.Matcher matcher) {
        return switch (matcher.getOperator()) {
            case OPERATOR_UNSPECIFIED, OPERATOR_EQUAL -> Matcher.Operator.EQUAL;
            case OPERATOR_NOT_EQUAL -> Matcher.Operator.NOT_EQUAL;
            case OPERATOR_IN -> Matcher.Operator.IN;
            case OPERATOR_NOT_IN -> Matcher.Operator.NOT_IN;
            case UNRECOGNIZED ->
                throw CallErrors.invalid(
                        field + ".operator",
                        "must be EQUAL, NOT_EQUAL, IN or NOT_IN, was " + matcher.getOperatorValue());
        };
    }
}
