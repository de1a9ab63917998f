/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.servlet;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Finds the template of a request's path, of which there are few, where the path itself would make a series of each. */
final class Routes {
    /** Where Spring leaves the pattern that matched. */
    private static final String SPRING = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

    private Routes() {}

    /** What Spring's controllers matched, else the pattern of the servlet in the container, such as {@code /api/*}; null for none. */
    static @Nullable String of(HttpServletRequest request) {
        Object spring = request.getAttribute(SPRING);
        if (spring != null) {
            return spring.toString();
        }
        HttpServletMapping mapping = request.getHttpServletMapping();
        return mapping == null ? null : mapping.getPattern();
    }
}
