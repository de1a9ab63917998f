/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.servlet;

import io.tocsin.client.Status;
import io.tocsin.client.Stopwatch;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** One request under way; its first end counts. Thread-safe. */
final class RequestWatch {
    private static final String TIMED_OUT = "timeout";

    private final RequestSeries series;
    private final HttpServletRequest request;
    private final @Nullable Stopwatch watch;

    /** @param watch null if it cannot be recorded */
    RequestWatch(RequestSeries series, HttpServletRequest request, @Nullable Stopwatch watch) {
        this.series = series;
        this.request = request;
        this.watch = watch;
    }

    void ended(int httpStatus) {
        Status status = RecordingFilter.statusOf(httpStatus);
        end(status, status == Status.OK ? null : Integer.toString(httpStatus));
    }

    void failed(Throwable thrown) {
        Throwable reason = thrown.getCause() == null ? thrown : thrown.getCause();
        end(Status.ERROR, reason.getClass().getName());
    }

    void timedOut() {
        end(Status.TIMED_OUT, TIMED_OUT);
    }

    private void end(Status status, @Nullable String errorType) {
        if (watch != null) {
            series.end(watch, request, status, errorType);
        }
    }
}
