/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tocsin.client.Stopwatch;
import io.tocsin.client.TocsinClient;

/**
 * Records every call that a service makes as an outcome of {@value #METRIC}:
 * {@code channelBuilder.intercept(new RecordingClientInterceptor(tocsin))}. Nothing that goes wrong with recording reaches a call. Thread-safe.
 */
public final class RecordingClientInterceptor implements ClientInterceptor {
    /** OpenTelemetry's name. */
    public static final String METRIC = "rpc.client.call.duration";

    private final CallSeries series;

    public RecordingClientInterceptor(TocsinClient tocsin) {
        series = new CallSeries(tocsin, METRIC);
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<R> answers, Metadata headers) {
                Stopwatch watch = series.begin(method.getFullMethodName());
                super.start(
                        new SimpleForwardingClientCallListener<>(answers) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                series.end(watch, CallEnd.ofClient(status.getCode()));
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }
}
