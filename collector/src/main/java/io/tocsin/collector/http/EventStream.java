/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.util.Callback;

/**
 * A watching call on its way to one client. The next answer is asked for when the one before has been taken by the client's
 * connection, so the call sees how fast the client reads, and what is kept for it is one answer and its end. Thread-safe.
 */
final class EventStream extends ClientCall.Listener<Message> {
    /** A stream with nothing to say yet is opened all the same, so that the client knows it is heard. */
    private static final long OPEN_AFTER_MILLIS = 1_000;

    private final Exchange exchange;
    private final EventText text;
    private final UnaryOperator<String> naming;
    private final ClientCall<Message, Message> call;
    private final HttpSettings settings;
    private final HttpCounters counters;
    private final LongSupplier clockMillis;
    private final Runnable onEnd;
    private final long openedMillis;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<Part> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean begun;

    @GuardedBy("lock")
    private boolean writing;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private long lastMillis;

    /**
     * What is written at once.
     *
     * @param answers of the call in it: as many are asked for when it is written
     * @param last the stream ends after it
     */
    private record Part(byte[] bytes, int answers, boolean last) {}

    EventStream(
            Exchange exchange,
            EventText text,
            UnaryOperator<String> naming,
            ClientCall<Message, Message> call,
            HttpSettings settings,
            HttpCounters counters,
            LongSupplier clockMillis,
            Runnable onEnd) {
        this.exchange = exchange;
        this.text = text;
        this.naming = naming;
        this.call = call;
        this.settings = settings;
        this.counters = counters;
        this.clockMillis = clockMillis;
        this.onEnd = onEnd;
        this.openedMillis = clockMillis.getAsLong();
        this.lastMillis = openedMillis;
    }

    void start(Message request, Metadata headers) {
        exchange.onGone(() -> abort(new ClosedChannelException()));
        call.start(this, headers);
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
    }

    @Override
    public void onMessage(Message answer) {
        if (text.isEvent(answer)) {
            counters.events.increment();
        }
        write(new Part(text.of(answer), 1, false));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        Failure failure = Failure.of(status.asRuntimeException(trailers)).named(naming);
        boolean refused;
        synchronized (lock) {
            refused = !begun && !ended;
            if (refused) {
                ended = true;
            }
        }
        if (refused) {
            onEnd.run();
            exchange.fail(failure);
        } else {
            write(new Part(EventText.failure(failure), 0, true));
        }
    }

    /** Called every second or so. */
    void tick() {
        long now = clockMillis.getAsLong();
        boolean slow;
        boolean silent;
        synchronized (lock) {
            slow = writing && now - lastMillis >= settings.slowAfter().toMillis();
            silent = !writing
                    && (begun
                            ? now - lastMillis >= settings.keepAlive().toMillis()
                            : now - openedMillis >= OPEN_AFTER_MILLIS);
        }
        if (slow) {
            counters.eventStreamsSlow.increment();
            abort(new TimeoutException("the client does not read"));
        } else if (silent) {
            write(new Part(EventText.KEEP_ALIVE, 0, false));
        }
    }

    /** The collector stops. */
    void stop(Failure reason) {
        write(new Part(EventText.failure(reason), 0, true));
        call.cancel("the collector stops", null);
    }

    private void write(Part part) {
        synchronized (lock) {
            if (ended) {
                return;
            }
            if (!begun) {
                begun = true;
                if (exchange.beginParts(Accepted.EVENTS)) {
                    waiting.addLast(new Part(EventText.BEGINNING, 0, false));
                }
            }
            waiting.addLast(part);
        }
        next();
    }

    private void next() {
        Part part;
        synchronized (lock) {
            if (writing || ended || waiting.isEmpty()) {
                return;
            }
            part = waiting.removeFirst();
            writing = true;
            lastMillis = clockMillis.getAsLong();
        }
        exchange.part(part.bytes(), Callback.from(() -> written(part), this::abort));
    }

    private void written(Part part) {
        synchronized (lock) {
            writing = false;
            lastMillis = clockMillis.getAsLong();
        }
        if (part.last()) {
            if (end("the stream is over")) {
                exchange.endParts();
            }
            return;
        }
        if (part.answers() > 0) {
            call.request(part.answers());
        }
        next();
    }

    private void abort(Throwable reason) {
        if (end("the client cannot be written to")) {
            exchange.abort(reason);
        }
    }

    /** True: it was not over before. */
    private boolean end(String reason) {
        synchronized (lock) {
            if (ended) {
                return false;
            }
            ended = true;
            waiting.clear();
        }
        onEnd.run();
        call.cancel(reason, null);
        return true;
    }
}
