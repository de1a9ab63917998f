/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.grpc;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.tocsin.client.Stopwatch;
import io.tocsin.client.TocsinClient;
import org.jspecify.annotations.Nullable;

/**
 * Records every call that a service serves as an outcome of {@value #METRIC}:
 * {@code serverBuilder.intercept(new RecordingServerInterceptor(tocsin))}. Nothing that goes wrong with recording reaches a call. Thread-safe.
 */
public final class RecordingServerInterceptor implements ServerInterceptor {
    /** OpenTelemetry's name. */
    public static final String METRIC = "rpc.server.call.duration";

    private final CallSeries series;

    public RecordingServerInterceptor(TocsinClient tocsin) {
        series = new CallSeries(tocsin, METRIC);
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Stopwatch watch = series.begin(call.getMethodDescriptor().getFullMethodName());
        ServerCall.Listener<Q> listener;
        try {
            listener = next.startCall(new Watched<>(call, watch), headers);
        } catch (RuntimeException | Error e) {
            series.end(watch, CallEnd.ofServer(Status.Code.UNKNOWN));
            throw e;
        }
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onHalfClose() {
                failingIfThrows(super::onHalfClose, watch);
            }

            @Override
            public void onMessage(Q message) {
                failingIfThrows(() -> super.onMessage(message), watch);
            }

            @Override
            public void onCancel() {
                Status why = Context.current().getDeadline() != null
                                && Context.current().getDeadline().isExpired()
                        ? Status.DEADLINE_EXCEEDED
                        : Status.CANCELLED;
                series.end(watch, CallEnd.ofServer(why.getCode()));
                super.onCancel();
            }
        };
    }

    /** gRPC answers UNKNOWN for a handler that throws, past any interceptor. */
    private void failingIfThrows(Runnable handling, @Nullable Stopwatch watch) {
        try {
            handling.run();
        } catch (RuntimeException | Error e) {
            series.end(watch, CallEnd.ofServer(Status.fromThrowable(e).getCode()));
            throw e;
        }
    }

    private final class Watched<Q, R> extends SimpleForwardingServerCall<Q, R> {
        private final @Nullable Stopwatch watch;

        Watched(ServerCall<Q, R> call, @Nullable Stopwatch watch) {
            super(call);
            this.watch = watch;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            series.end(watch, CallEnd.ofServer(status.getCode()));
            super.close(status, trailers);
        }
    }
}
