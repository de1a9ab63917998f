/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.tocsin.collector.journal.Answer;
import io.tocsin.v1.Acks;
import io.tocsin.v1.StreamResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has to say to its producer, in order. Answers that come close together leave in one message. The journal's thread only
 * adds to a queue; one task at a time, on gRPC's executor, empties it while the producer reads.
 *
 * <p>Bounded through the producer: while {@value #MAX_OPEN} of its batches wait for an answer or their answers for being read, no more of
 * its messages are read; at most {@value #WINDOW} that were asked for before still come. Thread-safe.
 */
final class StreamAnswers {
    static final int MAX_OPEN = 4_096;
    static final int WINDOW = 8;
    private static final int MAX_ACKS_A_MESSAGE = 1_024;
    private static final int MAX_REJECTIONS_A_MESSAGE = 70_000;

    private final ServerCallStreamObserver<StreamResponse> producer;
    private final Executor executor;
    private final Object lock = new Object();

    /** {@link Answer}s and {@link StreamResponse}s. */
    @GuardedBy("lock")
    private final Deque<Object> waiting = new ArrayDeque<>();

    /** Batches handed to the journal and not answered by it. */
    @GuardedBy("lock")
    private int unanswered;

    /** Messages that may be read once there is room again. */
    @GuardedBy("lock")
    private int paused;

    @GuardedBy("lock")
    private boolean sending;

    @GuardedBy("lock")
    private boolean finishing;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private @Nullable StatusRuntimeException failure;

    StreamAnswers(ServerCallStreamObserver<StreamResponse> producer, Executor executor) {
        this.producer = producer;
        this.executor = executor;
    }

    /** A batch goes to the journal; one {@link #answered} or {@link #add} with {@code true} follows. */
    void expectOne() {
        synchronized (lock) {
            unanswered++;
        }
    }

    /** The journal took the batch. */
    void answered(Answer answer) {
        enqueue(answer, true);
    }

    /** @param answersBatch whether the journal says so of a batch that it was handed */
    void add(StreamResponse response, boolean answersBatch) {
        enqueue(response, answersBatch);
    }

    private void enqueue(Object item, boolean answersBatch) {
        synchronized (lock) {
            if (answersBatch) {
                unanswered--;
            }
            if (!ended) {
                waiting.add(item);
            }
        }
        send();
    }

    /** Completes the stream once all that was handed over is answered. */
    void finish() {
        synchronized (lock) {
            finishing = true;
        }
        send();
    }

    /** Ends the stream with an error, behind what waits already. */
    void fail(StatusRuntimeException error) {
        synchronized (lock) {
            if (failure == null) {
                failure = error;
            }
        }
        send();
    }

    /** The producer is gone: whatever waits is dropped, it will ask again. */
    void cancelled() {
        synchronized (lock) {
            ended = true;
            waiting.clear();
        }
    }

    boolean isEnding() {
        synchronized (lock) {
            return ended || failure != null;
        }
    }

    /** One message of the producer has been dealt with. */
    void readNext() {
        boolean room;
        synchronized (lock) {
            room = unanswered + waiting.size() < MAX_OPEN;
            if (!room) {
                paused++;
            }
        }
        if (room) {
            producer.request(1);
        }
    }

    /** Sends what waits, now or as soon as the producer reads. */
    void send() {
        synchronized (lock) {
            if (sending || ended) {
                return;
            }
            sending = true;
        }
        try {
            executor.execute(this::sendWaiting);
        } catch (RejectedExecutionException e) {
            cancelled(); // the server has stopped, and all calls with it
        }
    }

    private void sendWaiting() {
        while (true) {
            StreamResponse next;
            StatusRuntimeException error;
            int resumed = 0;
            synchronized (lock) {
                error = failure;
                boolean ready = producer.isReady() || error != null;
                boolean done = finishing && unanswered == 0;
                if (ended || !ready || (waiting.isEmpty() && error == null && !done)) {
                    sending = false;
                    return;
                }
                next = takeNext();
                ended = next == null;
                if (unanswered + waiting.size() < MAX_OPEN / 2) {
                    resumed = paused;
                    paused = 0;
                }
            }
            if (next != null) {
                producer.onNext(next);
            } else if (error != null) {
                producer.onError(error);
            } else {
                producer.onCompleted();
            }
            if (resumed > 0) {
                producer.request(resumed);
            }
        }
    }

    @GuardedBy("lock")
    private @Nullable StreamResponse takeNext() {
        Object first = waiting.peek();
        if (!(first instanceof Answer)) {
            return (StreamResponse) waiting.poll();
        }
        Acks.Builder acks = Acks.newBuilder();
        int rejections = 0;
        while (waiting.peek() instanceof Answer answer
                && acks.getAcksCount() < MAX_ACKS_A_MESSAGE
                && (rejections == 0 || rejections + answer.rejections().size() <= MAX_REJECTIONS_A_MESSAGE)) {
            waiting.remove();
            acks.addAcks(ProtoAnswers.ack(answer));
            rejections += answer.rejections().size();
        }
        return StreamResponse.newBuilder().setAcks(acks).build();
    }
}
