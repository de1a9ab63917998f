/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for the one answer of a call, or its error. Its calls come one after the other. */
final class OneAnswer extends ClientCall.Listener<Message> {
    private final Consumer<Message> answered;
    private final Consumer<Throwable> failed;
    private final Runnable ended;
    private @Nullable Message message;

    /**
     * @param ended called once, before the others
     */
    OneAnswer(Consumer<Message> answered, Consumer<Throwable> failed, Runnable ended) {
        this.answered = answered;
        this.failed = failed;
        this.ended = ended;
    }

    @Override
    public void onMessage(Message received) {
        message = received;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        ended.run();
        try {
            if (status.isOk() && message != null) {
                answered.accept(message);
            } else {
                failed.accept(withMessage(status).asRuntimeException(trailers));
            }
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }

    /** gRPC's own words about deadlines tell of its insides. */
    private static Status withMessage(Status status) {
        boolean deadline = status.getCode() == Status.Code.DEADLINE_EXCEEDED
                && String.valueOf(status.getDescription()).contains("deadline exceeded after");
        return deadline ? status.withDescription("the call was not answered in time; ask for less, or later") : status;
    }
}
