/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import java.util.Optional;

/** What names of metrics, attributes and error types may be. Each problem names the thing, the value and what is allowed. */
final class NameRules {
    static final int MAX_NAME = 128;
    static final int MAX_KEY = 128;
    static final int MAX_VALUE = 256;
    static final int MAX_ATTRIBUTES = 32;
    static final String RESERVED = "tocsin.internal.";

    private NameRules() {}

    static Optional<String> metric(String name) {
        return sized("metric name", name, 1, MAX_NAME);
    }

    static Optional<String> errorType(String name) {
        return sized("error type", name, 1, MAX_NAME);
    }

    static Optional<String> attributeCount(int count) {
        return count <= MAX_ATTRIBUTES
                ? Optional.empty()
                : Optional.of("a series may have at most " + MAX_ATTRIBUTES + " attributes, had " + count);
    }

    static Optional<String> attribute(String key, String value) {
        if (key.startsWith(RESERVED)) {
            return Optional.of(
                    "attribute \"" + shortened(key) + "\" is reserved: keys must not start with " + RESERVED);
        }
        return sized("attribute key", key, 1, MAX_KEY)
                .or(() -> sized("value of attribute \"" + key + "\"", value, 0, MAX_VALUE));
    }

    static String duplicate(String key) {
        return "attribute \"" + shortened(key) + "\" is given twice; keys must be unique within a series";
    }

    private static Optional<String> sized(String what, String text, int least, int most) {
        // a character may take two of Java's
        int length = text.length() <= most ? text.length() : text.codePointCount(0, text.length());
        return length >= least && length <= most
                ? Optional.empty()
                : Optional.of(what + " must have " + least + " to " + most + " characters, had " + length
                        + (length == 0 ? "" : ": \"" + shortened(text) + "\""));
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
