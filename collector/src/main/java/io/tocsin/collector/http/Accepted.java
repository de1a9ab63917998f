/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import java.util.Locale;

/** What a client accepts. Weights other than 0 are not compared: nothing here comes in two forms a client would mind. Stateless. */
final class Accepted {
    static final String EVENTS = "text/event-stream";
    static final String JSON = "application/json";

    private Accepted() {}

    /** Whether {@code type} is named, not only meant by a star. */
    static boolean names(String accept, String type) {
        return matches(accept, type, false);
    }

    /** Whether {@code type} may be answered; "" accepts all. */
    static boolean takes(String accept, String type) {
        return accept.isBlank() || matches(accept, type, true);
    }

    private static boolean matches(String accept, String type, boolean stars) {
        String family = type.substring(0, type.indexOf('/') + 1) + "*";
        for (String range : accept.split(",")) {
            String[] parts = range.split(";");
            String name = parts[0].strip().toLowerCase(Locale.ROOT);
            boolean fits = name.equals(type) || (stars && (name.equals("*/*") || name.equals(family)));
            if (fits && !isRefused(parts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRefused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q=0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }
}
