/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.series.Attributes;
import java.util.Map;
import java.util.TreeMap;

/** Attributes as one text, for page tokens: each key and value behind its length. */
final class LineKey {
    private LineKey() {}

    static String write(Attributes line) {
        StringBuilder text = new StringBuilder();
        line.forEach((key, value) -> {
            text.append(key.length()).append(':').append(key);
            text.append(value.length()).append(':').append(value);
        });
        return text.toString();
    }

    static Attributes read(String text) {
        Map<String, String> pairs = new TreeMap<>();
        try {
            int at = 0;
            while (at < text.length()) {
                int keyFrom = text.indexOf(':', at) + 1;
                int keyTo = keyFrom + Integer.parseInt(text.substring(at, keyFrom - 1));
                int valueFrom = text.indexOf(':', keyTo) + 1;
                int valueTo = valueFrom + Integer.parseInt(text.substring(keyTo, valueFrom - 1));
                pairs.put(text.substring(keyFrom, keyTo), text.substring(valueFrom, valueTo));
                at = valueTo;
            }
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw CallErrors.invalid("page_token", "must be the next_page_token of an answer, unchanged");
        }
        return Attributes.of(pairs);
    }
}
