/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.series;

import java.util.List;

/** A condition on one attribute; an absent attribute has the value "". */
public record Matcher(String key, Operator operator, List<String> values) {

    public enum Operator {
        EQUAL,
        NOT_EQUAL,
        IN,
        NOT_IN
    }

    public static final int MAX_VALUES = 100;

    public Matcher {
        values = List.copyOf(values);
        boolean single = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        if (key.isEmpty()) {
            throw new IllegalArgumentException("matcher key must not be empty");
        }
        if (single ? values.size() != 1 : (values.isEmpty() || values.size() > MAX_VALUES)) {
            throw new IllegalArgumentException("matcher on " + key + " must have "
                    + (single ? "exactly 1 value" : "1 to " + MAX_VALUES + " values") + " for " + operator + ", had "
                    + values.size());
        }
    }

    public static Matcher equal(String key, String value) {
        return new Matcher(key, Operator.EQUAL, List.of(value));
    }

    public boolean matches(String value) {
        boolean listed = values.contains(value);
        return (operator == Operator.EQUAL || operator == Operator.IN) == listed;
    }

    public boolean matches(Attributes attributes) {
        return matches(attributes.get(key));
    }
}
