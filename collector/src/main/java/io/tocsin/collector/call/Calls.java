/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Answers unary calls: with a result or with the error that {@link CallErrors} makes of a throw. */
public final class Calls {
    private Calls() {}

    public static <T> void answer(StreamObserver<T> caller, Supplier<T> work) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            fail(caller, e);
            return;
        }
        succeed(caller, result);
    }

    /** Answers when {@code work} is done, on whatever thread completes it. A throw of the supplier itself is an answer too. */
    public static <T> void answerLater(StreamObserver<T> caller, Supplier<? extends CompletionStage<T>> work) {
        if (caller instanceof ServerCallStreamObserver<T> call) {
            // without a handler, answering a caller who has gone throws
            call.setOnCancelHandler(() -> {});
        }
        try {
            var unused = work.get().whenComplete((result, thrown) -> {
                if (thrown != null) {
                    fail(caller, thrown);
                } else {
                    succeed(caller, result);
                }
            });
        } catch (RuntimeException e) {
            fail(caller, e);
        }
    }

    private static <T> void succeed(StreamObserver<T> caller, T result) {
        if (!gone(caller)) {
            caller.onNext(result);
            caller.onCompleted();
        }
    }

    private static <T> void fail(StreamObserver<T> caller, Throwable thrown) {
        if (!gone(caller)) {
            caller.onError(CallErrors.of(thrown));
        }
    }

    private static <T> boolean gone(StreamObserver<T> caller) {
        return caller instanceof ServerCallStreamObserver<T> call && call.isCancelled();
    }
}
