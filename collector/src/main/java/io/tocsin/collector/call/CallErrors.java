/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * How calls fail: a status code, a message that names the thing, the value and what is allowed, and {@code google.rpc} details
 * for programs. docs/errors.md lists them.
 */
public final class CallErrors {
    public static final String DOMAIN = "tocsin.io";

    private static final System.Logger LOG = System.getLogger(CallErrors.class.getName());
    private static final int MAX_NAMES = 20;
    private static final int MAX_SHOWN_CHARS = 60;

    private CallErrors() {}

    /**
     * One thing that is wrong with a request.
     *
     * @param field path in the request: {@code rule.step}
     * @param problem names value and what is allowed; with the field before it, a sentence
     */
    public record Violation(String field, String problem) {}

    public static StatusRuntimeException invalid(String field, String problem) {
        return invalid(List.of(new Violation(field, problem)));
    }

    /** All that is wrong, at once. */
    public static StatusRuntimeException invalid(List<Violation> violations) {
        BadRequest.Builder details = BadRequest.newBuilder();
        for (Violation violation : violations) {
            details.addFieldViolationsBuilder().setField(violation.field()).setDescription(violation.problem());
        }
        String message =
                violations.stream().map(v -> v.field() + " " + v.problem()).collect(Collectors.joining("; "));
        return error(Code.INVALID_ARGUMENT, "BAD_REQUEST", message, details.build());
    }

    /** There is no {@code what} of that name; tells which there are. */
    public static StatusRuntimeException notFound(String what, String name, List<String> known) {
        String there = known.isEmpty()
                ? "there are none"
                : "there are " + String.join(", ", known.subList(0, Math.min(MAX_NAMES, known.size())))
                        + (known.size() > MAX_NAMES ? " and " + (known.size() - MAX_NAMES) + " more" : "");
        return error(Code.NOT_FOUND, "NOT_FOUND", what + " \"" + shortened(name) + "\" is not known, " + there);
    }

    public static StatusRuntimeException alreadyExists(String message) {
        return error(Code.ALREADY_EXISTS, "ALREADY_EXISTS", message);
    }

    /** Not in this state of things; sending it again does not help. */
    public static StatusRuntimeException failedPrecondition(String reason, String message) {
        return error(Code.FAILED_PRECONDITION, reason, message);
    }

    /** A bound is reached, and waiting alone does not help. */
    public static StatusRuntimeException exhausted(String message) {
        return error(Code.RESOURCE_EXHAUSTED, "LIMIT_REACHED", message);
    }

    /** A bound is reached; send it again after that time. */
    public static StatusRuntimeException exhausted(String message, Duration retryAfter) {
        return error(Code.RESOURCE_EXHAUSTED, "LIMIT_REACHED", message, retry(retryAfter));
    }

    public static StatusRuntimeException unavailable(String message, Duration retryAfter) {
        return error(Code.UNAVAILABLE, "UNAVAILABLE", message, retry(retryAfter));
    }

    public static StatusRuntimeException deadlineExceeded(String message) {
        return error(Code.DEADLINE_EXCEEDED, "NOT_YET_APPLIED", message);
    }

    /** The error to answer with: as it is if a door made it, else INTERNAL with an id that is also in the log. */
    public static StatusRuntimeException of(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof StatusRuntimeException known) {
            return known;
        }
        String id = UUID.randomUUID().toString();
        LOG.log(System.Logger.Level.ERROR, "a call failed, error id " + id, cause);
        return error(Code.INTERNAL, "INTERNAL", "the collector failed; its log tells more under error id " + id);
    }

    /** What a caller gave, short enough for a message. */
    public static String shortened(String text) {
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "…";
    }

    private static RetryInfo retry(Duration after) {
        return RetryInfo.newBuilder()
                .setRetryDelay(CallTimes.duration(after.toMillis()))
                .build();
    }

    private static StatusRuntimeException error(Code code, String reason, String message, Message... details) {
        List<Any> packed = new ArrayList<>();
        for (Message detail : details) {
            packed.add(Any.pack(detail));
        }
        packed.add(Any.pack(
                ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build()));
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addAllDetails(packed)
                .build());
    }
}
