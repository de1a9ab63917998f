/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.v1.SubscribeRequest;
import io.tocsin.v1.SubscribeResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hears of alerts as any subscriber would, and keeps them until they are taken. At most 10,000 wait; one more ends the
 * demo. Thread-safe.
 */
final class AlertInbox implements StreamObserver<SubscribeResponse> {
    private static final int MOST_WAITING = 10_000;

    private final InstantSource clock;
    private final BlockingQueue<HeardAlert> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicReference<@Nullable CommandFailure> failure = new AtomicReference<>();

    private AlertInbox(InstantSource clock) {
        this.clock = clock;
    }

    static AlertInbox subscribe(CollectorConnection collector, InstantSource clock) {
        AlertInbox inbox = new AlertInbox(clock);
        collector.callbacks().subscribe(SubscribeRequest.getDefaultInstance(), inbox);
        return inbox;
    }

    /** What came since the last call. */
    List<HeardAlert> take() {
        CommandFailure failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        List<HeardAlert> taken = new ArrayList<>();
        waiting.drainTo(taken);
        return taken;
    }

    @Override
    public void onNext(SubscribeResponse response) {
        if (response.hasEvent() && !waiting.offer(new HeardAlert(response.getEvent(), clock.millis()))) {
            failure.compareAndSet(null, new CommandFailure("more than " + MOST_WAITING + " alerts at once"));
        }
    }

    @Override
    public void onError(Throwable t) {
        String why = t instanceof StatusRuntimeException e ? e.getStatus().toString() : t.toString();
        failure.compareAndSet(null, new CommandFailure("the subscription to alerts broke: " + why, t));
    }

    @Override
    public void onCompleted() {
        failure.compareAndSet(null, new CommandFailure("the collector ended the subscription to alerts"));
    }
}
