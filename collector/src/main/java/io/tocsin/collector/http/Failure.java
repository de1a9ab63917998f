/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tocsin.collector.call.CallErrors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Why a request is not answered, in the shape of {@code google.rpc.Status}. Immutable.
 *
 * @param http status of HTTP
 * @param allow the methods there are, for 405; empty otherwise
 */
record Failure(int http, Status status, Optional<String> allow) {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(List.of(BadRequest.getDescriptor(), RetryInfo.getDescriptor(), ErrorInfo.getDescriptor()))
                    .build())
            .omittingInsignificantWhitespace();

    /** Of a call that failed. */
    static Failure of(Throwable thrown) {
        StatusRuntimeException failed = CallErrors.of(thrown);
        Status status = StatusProto.fromThrowable(failed);
        return status == null
                ? of(Code.INTERNAL, "", "the call failed")
                : new Failure(http(status), status, Optional.empty());
    }

    /** Refused before there was a call. */
    static Failure of(int http, Code code, String reason, String message) {
        Status status = Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(CallErrors.DOMAIN)
                        .build()))
                .build();
        return new Failure(http, status, Optional.empty());
    }

    private static Failure of(Code code, String reason, String message) {
        return of(http(Status.newBuilder().setCode(code.getNumber()).build()), code, reason, message);
    }

    static Failure methodNotAllowed(String method, String allowed) {
        Failure failure =
                of(405, Code.UNIMPLEMENTED, "METHOD_NOT_ALLOWED", "method must be " + allowed + ", was " + method);
        return new Failure(failure.http, failure.status, Optional.of(allowed));
    }

    /** With the fields of its violations as {@code naming} has them, in the message too. */
    Failure named(UnaryOperator<String> naming) {
        Status.Builder renamed = status.toBuilder();
        for (int i = 0; i < status.getDetailsCount(); i++) {
            Any detail = status.getDetails(i);
            if (detail.is(BadRequest.class)) {
                BadRequest before = unpack(detail);
                BadRequest.Builder after = before.toBuilder();
                after.getFieldViolationsBuilderList().forEach(v -> v.setField(naming.apply(v.getField())));
                renamed.setDetails(i, Any.pack(after.build()));
                if (status.getMessage().equals(sentence(before))) {
                    renamed.setMessage(sentence(after.build()));
                }
            }
        }
        return new Failure(http, renamed.build(), allow);
    }

    private static String sentence(BadRequest request) {
        return request.getFieldViolationsList().stream()
                .map((FieldViolation v) -> v.getField() + " " + v.getDescription())
                .collect(Collectors.joining("; "));
    }

    private static BadRequest unpack(Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a violation of our own cannot be read", e);
        }
    }

    /** Whole seconds, 1 or more, after which to come again. */
    OptionalLong retryAfterSeconds() {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(RetryInfo.class)) {
                try {
                    var delay = detail.unpack(RetryInfo.class).getRetryDelay();
                    return OptionalLong.of(Math.max(1, delay.getSeconds() + (delay.getNanos() > 0 ? 1 : 0)));
                } catch (InvalidProtocolBufferException e) {
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }

    String json() {
        try {
            return PRINTER.print(status);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an error has a detail of an unknown type: " + status, e);
        }
    }

    /** As google/rpc/code.proto has it. */
    private static int http(Status status) {
        Code code = Optional.ofNullable(Code.forNumber(status.getCode())).orElse(Code.UNKNOWN);
        return switch (code) {
            case OK -> 200;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ABORTED, ALREADY_EXISTS -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            default -> 500;
        };
    }
}
