/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.QueryServiceGrpc;
import java.net.ConnectException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A collector as the views see it. Turns what goes wrong into one line that names the target. Thread-safe. */
public final class CollectorConnection implements AutoCloseable {
    private static final long ANSWER_SECONDS = 15;

    private final String target;
    private final ManagedChannel channel;

    /** Connects when first used. */
    public CollectorConnection(String target, ChannelFactory channels) {
        this.target = target;
        try {
            this.channel = channels.open(target);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--target must be HOST:PORT, was " + target, e);
        }
    }

    /** HOST:PORT. */
    public String target() {
        return target;
    }

    /** Queries, each to be answered within 15 s. */
    public QueryServiceGrpc.QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Alerts, each call to be answered within 15 s. */
    public AlertServiceGrpc.AlertServiceBlockingStub alerts() {
        return AlertServiceGrpc.newBlockingStub(channel).withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Alerts without a deadline, for subscriptions. */
    public AlertServiceGrpc.AlertServiceBlockingStub subscriptions() {
        return AlertServiceGrpc.newBlockingStub(channel);
    }

    /** Alerts without a deadline, for subscriptions that call back. */
    public AlertServiceGrpc.AlertServiceStub callbacks() {
        return AlertServiceGrpc.newStub(channel);
    }

    /** Administration, each call to be answered within 15 s. */
    public AdminServiceGrpc.AdminServiceBlockingStub admin() {
        return AdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Makes sure that a collector answers. */
    public GetHealthResponse requireAnswer() {
        return ask(() -> queries().getHealth(GetHealthRequest.getDefaultInstance()));
    }

    /** Calls, and explains a failure. */
    public <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw explain(e);
        }
    }

    /** What went wrong, for people. */
    public CommandFailure explain(StatusRuntimeException e) {
        if (speaksOtherwise(e)) {
            return new CommandFailure(target + " speaks no gRPC; is it the HTTP port?", e);
        }
        Status status = e.getStatus();
        String said = status.getDescription() == null ? "" : status.getDescription();
        String text = switch (status.getCode()) {
            case UNAVAILABLE ->
                nothingListens(e)
                        ? "nothing listens on " + target + "; start one with ./tocsin serve"
                        : target + " cannot be reached (" + reason(e, said) + "); is --target right?";
            case DEADLINE_EXCEEDED -> target + " did not answer in time; is it a Tocsin collector, or too busy?";
            case UNIMPLEMENTED -> target + " does not know this call; is it a Tocsin collector of this version?";
            default ->
                target + " says: " + (said.isEmpty() ? status.getCode().name().toLowerCase(Locale.ROOT) : said);
        };
        return new CommandFailure(text, e);
    }

    private static boolean nothingListens(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    /** Netty has no type for it; this is what it says of an answer that is not HTTP/2. */
    private static boolean speaksOtherwise(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("First received frame was not SETTINGS")) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable e, String said) {
        return e.getCause() == null || e.getCause().getMessage() == null
                ? said
                : e.getCause().getMessage();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
