/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import io.tocsin.v1.Matcher;
import io.tocsin.v1.Matcher.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition on an attribute in one line: {@code key=value}, {@code key!=value}, and with several values {@code key=a|b} (one of
 * them) and {@code key!=a|b} (none of them). A backslash takes {@code |} and itself for what they are. The key ends at the first
 * {@code =} or {@code !=}. Stateless.
 */
final class MatcherText {
    static final String ALLOWED =
            "key=value, key!=value, key=value|value (one of them) or key!=value|value (none of them)";

    private MatcherText() {}

    static Matcher parse(String text) {
        int equals = text.indexOf('=');
        boolean not = equals > 0 && text.charAt(equals - 1) == '!';
        String key = equals < 0 ? "" : text.substring(0, not ? equals - 1 : equals);
        if (key.isBlank()) {
            throw new BadValueException(ALLOWED, text);
        }
        List<String> values = values(text.substring(equals + 1));
        return Matcher.newBuilder()
                .setKey(key)
                .setOperator(operator(not, values.size() > 1))
                .addAllValues(values)
                .build();
    }

    private static Operator operator(boolean not, boolean several) {
        if (several) {
            return not ? Operator.OPERATOR_NOT_IN : Operator.OPERATOR_IN;
        }
        return not ? Operator.OPERATOR_NOT_EQUAL : Operator.OPERATOR_EQUAL;
    }

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "|\\".indexOf(text.charAt(i + 1)) >= 0) {
                value.append(text.charAt(++i));
            } else if (c == '|') {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }
}
