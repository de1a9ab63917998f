/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.opentelemetry;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;

/**
 * Puts the current trace into the metadata of calls as W3C's {@code traceparent}, for callers of {@code IngestService.Push} and of queries
 * whose channel has no other instrumentation: {@code ClientInterceptors.intercept(channel, new TraceparentInterceptor())}. A header that is
 * there stays. Immutable.
 */
public final class TraceparentInterceptor implements ClientInterceptor {
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<R> answers, Metadata headers) {
                if (!headers.containsKey(TRACEPARENT)) {
                    W3CTraceContextPropagator.getInstance()
                            .inject(Context.current(), headers, TraceparentInterceptor::put);
                }
                super.start(answers, headers);
            }
        };
    }

    private static void put(Metadata headers, String key, String value) {
        headers.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value);
    }
}
