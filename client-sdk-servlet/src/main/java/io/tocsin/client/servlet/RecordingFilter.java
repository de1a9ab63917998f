/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.servlet;

import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records every request as an outcome of {@value #METRIC}: {@code context.addFilter("tocsin", new RecordingFilter(tocsin))}, mapped to
 * {@code /*} and with async supported. A status of 500 or more is a failure, and so is what throws; a request handled asynchronously is
 * recorded when it is complete. Nothing that goes wrong with recording reaches a request. Thread-safe.
 */
public final class RecordingFilter implements Filter {
    /** OpenTelemetry's name. */
    public static final String METRIC = "http.server.request.duration";

    private static final String RECORDED = RecordingFilter.class.getName() + ".recorded";
    private static final int FIRST_SERVER_ERROR = 500;

    private final RequestSeries series;

    /** Routes as {@link Routes} finds them. */
    public RecordingFilter(TocsinClient tocsin) {
        this(tocsin, Routes::of);
    }

    /**
     * With routes of one's own.
     *
     * @param route of a request that has been served: a template such as {@code /orders/{id}}, never the path itself, which would make a
     *     series of each; null or empty for none. After {@value RequestSeries#MAX_ROUTES} different ones further ones are "other".
     */
    public RecordingFilter(TocsinClient tocsin, Function<HttpServletRequest, @Nullable String> route) {
        this.series = new RequestSeries(tocsin, METRIC, route);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)
                || request.getAttribute(RECORDED) != null) {
            chain.doFilter(request, response); // a forward, an error page or a second filter: recorded once is enough
            return;
        }
        RequestWatch watch = series.begin(http);
        request.setAttribute(RECORDED, true);
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            watch.failed(e);
            throw e;
        }
        if (!request.isAsyncStarted()) {
            watch.ended(answer.getStatus());
        } else {
            endWithAsync(request, answer, watch);
        }
    }

    private static void endWithAsync(ServletRequest request, HttpServletResponse answer, RequestWatch watch) {
        try {
            request.getAsyncContext().addListener(new EndOfAsync(answer, watch));
        } catch (IllegalStateException e) {
            watch.ended(answer.getStatus()); // completed in the meantime
        }
    }

    /** How a status counts. */
    static Status statusOf(int httpStatus) {
        return httpStatus >= FIRST_SERVER_ERROR ? Status.ERROR : Status.OK;
    }

    private record EndOfAsync(HttpServletResponse answer, RequestWatch watch) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            watch.ended(answer.getStatus());
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            watch.timedOut();
        }

        @Override
        public void onError(AsyncEvent event) {
            Throwable thrown = event.getThrowable();
            if (thrown == null) {
                watch.ended(FIRST_SERVER_ERROR);
            } else {
                watch.failed(thrown);
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this); // begun anew: listeners are not carried over
        }
    }
}
