/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

/** A text is not what its parameter takes. The message says what must be and what was: {@code must be true or false, was "yes"}. */
final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int MAX_SHOWN_CHARS = 80;

    BadValueException(String allowed, String text) {
        super("must be " + allowed + ", was \"" + shown(text) + "\"", null, false, false);
    }

    /** Cut, so that an answer does not grow with what a client sends. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "…";
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
