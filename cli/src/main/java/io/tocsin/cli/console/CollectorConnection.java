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
    private static final long PATIENT_SECONDS = 120;

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

    /** Queries without a deadline, for watching. */
    public QueryServiceGrpc.QueryServiceBlockingStub unlimitedQueries() {
        return QueryServiceGrpc.newBlockingStub(channel);
    }

    /** Queries without a deadline, that call back. */
    public QueryServiceGrpc.QueryServiceStub watches() {
        return QueryServiceGrpc.newStub(channel);
    }

    /** Alerts, each call to be answered within 15 s, that call back. */
    public AlertServiceGrpc.AlertServiceStub alertCallbacks() {
        return AlertServiceGrpc.newStub(channel).withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** The next call tries to connect, however long ago it was tried last: gRPC by itself waits up to two minutes. */
    public void tryAtOnce() {
        channel.resetConnectBackoff();
    }

    /** Administration, each call to be answered within 15 s. */
    public AdminServiceGrpc.AdminServiceBlockingStub admin() {
        return AdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Administration that waits for others, each call to be answered within two minutes: a channel may take a minute to fail. */
    public AdminServiceGrpc.AdminServiceBlockingStub patientAdmin() {
        return AdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENT_SECONDS, TimeUnit.SECONDS);
    }

    /** Administration without a deadline, for what takes as long as it takes. */
    public AdminServiceGrpc.AdminServiceBlockingStub unlimitedAdmin() {
        return AdminServiceGrpc.newBlockingStub(channel);
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

    /** What went wrong, for people, with what to do about it. */
    public CommandFailure explain(StatusRuntimeException e) {
        if (nothingListens(e)) {
            return new CommandFailure("nothing listens on " + target + "; start one with ./tocsin serve", e);
        }
        String remedy =
                e.getStatus().getCode() == Status.Code.UNAVAILABLE && !speaksOtherwise(e) ? "; is --target right?" : "";
        return new CommandFailure(target + " " + saying(e) + remedy, e);
    }

    /** What went wrong in a few words, for somebody whose target was right before. */
    public String reason(StatusRuntimeException e) {
        return nothingListens(e) ? "nothing listens there any more" : "it " + saying(e);
    }

    private static String saying(StatusRuntimeException e) {
        if (speaksOtherwise(e)) {
            return "speaks no gRPC; is it the HTTP port?";
        }
        Status status = e.getStatus();
        String said = status.getDescription() == null ? "" : status.getDescription();
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                because(e, said).isEmpty() ? "cannot be reached" : "cannot be reached (" + because(e, said) + ")";
            case DEADLINE_EXCEEDED -> "did not answer in time; is it a Tocsin collector, or too busy?";
            case UNIMPLEMENTED -> "does not know this call; is it a Tocsin collector of this version?";
            default -> "says: " + (said.isEmpty() ? status.getCode().name().toLowerCase(Locale.ROOT) : said);
        };
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

    private static String because(Throwable e, String said) {
        return e.getCause() == null || e.getCause().getMessage() == null
                ? said
                : e.getCause().getMessage();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
