/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.servlet;

import io.tocsin.client.Attributes;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.Stopwatch;
import io.tocsin.client.TocsinClient;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The outcomes of each method and route. What fails here is logged once. Thread-safe. */
final class RequestSeries {
    /** Different routes, over all methods; further ones are "other". */
    static final int MAX_ROUTES = 500;

    private static final System.Logger LOG = System.getLogger(RequestSeries.class.getName());
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");
    private static final String OTHER_METHOD = "_OTHER";
    private static final String OTHER_ROUTE = "other";

    private final TocsinClient tocsin;
    private final String metric;
    private final Function<HttpServletRequest, @Nullable String> route;
    private final Map<String, Outcomes> known = new ConcurrentHashMap<>();
    private final AtomicBoolean told = new AtomicBoolean();

    RequestSeries(TocsinClient tocsin, String metric, Function<HttpServletRequest, @Nullable String> route) {
        this.tocsin = tocsin;
        this.metric = metric;
        this.route = route;
    }

    RequestWatch begin(HttpServletRequest request) {
        try {
            return new RequestWatch(this, request, tocsin.beginUndecided());
        } catch (RuntimeException | LinkageError e) {
            tell(e);
            return new RequestWatch(this, request, null);
        }
    }

    /** The route is known only now: whoever serves the request finds it. */
    void end(Stopwatch watch, HttpServletRequest request, Status status, @Nullable String errorType) {
        try {
            watch.stopAs(find(request), status, errorType);
        } catch (RuntimeException | LinkageError e) {
            tell(e);
        }
    }

    private Outcomes find(HttpServletRequest request) {
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER_METHOD;
        String template = route.apply(request);
        String wanted = template == null ? "" : template;
        String key = method + ' ' + wanted;
        Outcomes found = known.get(key);
        if (found != null) {
            return found;
        }
        boolean room = known.size() < MAX_ROUTES;
        String name = room ? wanted : OTHER_ROUTE;
        return known.computeIfAbsent(method + ' ' + name, absent -> define(method, name));
    }

    private Outcomes define(String method, String template) {
        Attributes attributes = Attributes.of("http.request.method", method);
        return tocsin.outcomes(metric, template.isEmpty() ? attributes : attributes.with("http.route", template));
    }

    private void tell(Throwable e) {
        if (told.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "requests cannot be recorded, and go on without it: " + e, e);
        }
    }
}
