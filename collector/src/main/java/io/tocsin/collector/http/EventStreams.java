/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.call.CallErrors;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The watching clients: counts them, keeps silent ones alive, lets go of those that do not read. Thread-safe. */
final class EventStreams implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EventStreams.class.getName());
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);
    private static final long TICK_MILLIS = 1_000;

    private final HttpSettings settings;
    private final HttpCounters counters;
    private final InstantSource clock;
    private volatile boolean stopping;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor ticks = new ScheduledThreadPoolExecutor(1, EventStreams::thread);

    EventStreams(HttpSettings settings, HttpCounters counters, InstantSource clock) {
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
    }

    void start() {
        var unused = ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tocsin-http-events");
        thread.setDaemon(true);
        return thread;
    }

    /** Throws RESOURCE_EXHAUSTED if there are as many as there may be. */
    void open(
            Exchange exchange,
            EventText text,
            UnaryOperator<String> naming,
            Channel channel,
            MethodDescriptor<Message, Message> method,
            Message request) {
        if (stopping) {
            throw stops();
        }
        if (counters.eventStreamsOpen.incrementAndGet() > settings.maxEventStreams()) {
            counters.eventStreamsOpen.decrementAndGet();
            counters.eventStreamsRefused.increment();
            throw CallErrors.exhausted(
                    "there are " + settings.maxEventStreams()
                            + " event streams, more are not served; try again later, or ask without them",
                    COME_AGAIN);
        }
        counters.eventStreams.increment();
        AtomicReference<EventStream> self = new AtomicReference<>();
        EventStream stream = new EventStream(
                exchange,
                text,
                naming,
                channel.newCall(method, CallOptions.DEFAULT),
                settings,
                counters,
                clock::millis,
                () -> {
                    open.remove(self.get());
                    counters.eventStreamsOpen.decrementAndGet();
                });
        self.set(stream);
        open.add(stream);
        stream.start(request, CallHeaders.of(exchange));
    }

    void tick() {
        for (EventStream stream : open) {
            try {
                stream.tick();
            } catch (RuntimeException e) {
                // one client's trouble is not the others'
                LOG.log(Level.WARNING, "an event stream could not be kept alive", e);
            }
        }
    }

    private static StatusRuntimeException stops() {
        return CallErrors.unavailable("the collector stops", Duration.ofSeconds(1));
    }

    /** Tells all clients that the collector stops. */
    @Override
    public void close() {
        stopping = true;
        ticks.shutdownNow();
        Failure reason = Failure.of(stops());
        open.forEach(stream -> stream.stop(reason));
    }
}
