/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

/**
 * What one address answers to GET. Immutable.
 *
 * @param status 200, or why not
 */
public record Page(int status, String contentType, String body) {
    static final String TEXT = "text/plain; charset=utf-8";

    /** A line of text. */
    public static Page text(int status, String line) {
        return new Page(status, TEXT, line + "\n");
    }

    /** A JSON value. */
    public static Page json(int status, String json) {
        return new Page(status, "application/json", json);
    }

    /** Makes a page when somebody asks. Called on several threads. */
    public interface Maker {
        /**
         * @param accepted what the client accepts, "" if it does not say
         */
        Page make(String accepted);
    }
}
