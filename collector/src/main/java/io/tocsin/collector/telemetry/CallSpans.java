/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A span for each call of our services, child of the {@code traceparent} in its metadata. A call with one answer has its span from the request
 * to its end. One that streams has it from the request to the first answer: it may last for days, and each batch says itself which
 * trace it belongs to. Thread-safe.
 */
final class CallSpans implements ServerInterceptor {
    private static final String OURS = "tocsin.";
    private static final io.grpc.Context.Key<Context> CURRENT = io.grpc.Context.key("tocsin-trace");

    private final Tracer tracer;

    CallSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** That of the call that the current thread serves. */
    static Context current() {
        Context context = CURRENT.get();
        return context == null ? Context.root() : context;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        if (!method.startsWith(OURS)) {
            return next.startCall(call, headers); // health checks and reflection: only noise
        }
        Context parent =
                W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, FromMetadata.INSTANCE);
        Span span = tracer.spanBuilder(method)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        if (!span.isRecording()) {
            // who follows the caller must still follow its choice not to keep this trace
            return Contexts.interceptCall(
                    io.grpc.Context.current().withValue(CURRENT, parent.with(span)), call, headers, next);
        }
        span.setAttribute("rpc.system.name", "grpc");
        span.setAttribute("rpc.method", method);
        boolean streams = call.getMethodDescriptor().getType() != MethodType.UNARY;
        SpannedCall<Q, R> spanned = new SpannedCall<>(call, span, streams);
        ServerCall.Listener<Q> listener = Contexts.interceptCall(
                io.grpc.Context.current().withValue(CURRENT, parent.with(span)), spanned, headers, next);
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                spanned.end(Status.CANCELLED);
                super.onCancel();
            }
        };
    }

    /** Ends the span with the call, or with its first answer. */
    private static final class SpannedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
        private final Span span;
        private final boolean endsWithFirstAnswer;
        private final AtomicBoolean ended = new AtomicBoolean();

        SpannedCall(ServerCall<Q, R> call, Span span, boolean endsWithFirstAnswer) {
            super(call);
            this.span = span;
            this.endsWithFirstAnswer = endsWithFirstAnswer;
        }

        @Override
        public void sendMessage(R message) {
            super.sendMessage(message);
            if (endsWithFirstAnswer) {
                end(Status.OK);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            super.close(status, trailers);
            end(status);
        }

        private void end(Status status) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            span.setAttribute("rpc.response.status_code", status.getCode().name());
            if (!status.isOk()) {
                String description = status.getDescription();
                span.setStatus(StatusCode.ERROR, description == null ? "" : description);
            }
            span.end();
        }
    }

    private enum FromMetadata implements TextMapGetter<Metadata> {
        INSTANCE;

        @Override
        public @Nullable String get(@Nullable Metadata headers, String key) {
            return headers == null ? null : headers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
        }
    }
}
