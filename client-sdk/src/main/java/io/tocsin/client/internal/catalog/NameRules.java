/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.catalog;

import io.tocsin.client.Attributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the collector allows as names, checked here too, so that a bad one is known where it was written. */
final class NameRules {
    static final int MAX_ERROR_TYPE_CHARS = 128;

    private static final int MAX_NAME_CHARS = 128;
    private static final int MAX_VALUE_CHARS = 256;
    private static final int MAX_ATTRIBUTES = 32;
    private static final String RESERVED = "tocsin.internal.";

    private NameRules() {}

    /** What is wrong, naming thing, value and what is allowed; null if nothing is. */
    static @Nullable String problem(@Nullable String metric, @Nullable Attributes attributes) {
        if (metric == null || metric.isEmpty() || metric.length() > MAX_NAME_CHARS) {
            return "metric must have 1 to " + MAX_NAME_CHARS + " characters, was " + quoted(metric);
        }
        if (attributes == null) {
            return "attributes of " + metric + " must not be null";
        }
        if (attributes.problem().isPresent()) {
            return metric + ": " + attributes.problem().get();
        }
        if (attributes.asMap().size() > MAX_ATTRIBUTES) {
            return metric + ": attributes must be at most " + MAX_ATTRIBUTES + ", were "
                    + attributes.asMap().size();
        }
        for (Map.Entry<String, String> attribute : attributes.asMap().entrySet()) {
            String key = attribute.getKey();
            String value = attribute.getValue();
            if (key.isEmpty() || key.length() > MAX_NAME_CHARS) {
                return metric + ": attribute key must have 1 to " + MAX_NAME_CHARS + " characters, was " + quoted(key);
            }
            if (key.startsWith(RESERVED)) {
                return metric + ": attribute key must not start with " + RESERVED + ", was " + quoted(key);
            }
            if (value.length() > MAX_VALUE_CHARS) {
                return metric + ": value of attribute " + key + " must have at most " + MAX_VALUE_CHARS
                        + " characters, has " + value.length();
            }
        }
        return null;
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        return text.length() <= MAX_NAME_CHARS
                ? '"' + text + '"'
                : '"' + text.substring(0, MAX_NAME_CHARS) + "…\" (" + text.length() + ")";
    }
}
