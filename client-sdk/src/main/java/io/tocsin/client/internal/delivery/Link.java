/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.tocsin.client.ConnectionStatus;
import io.tocsin.client.ConnectionStatus.State;
import io.tocsin.client.SendTrace;
import io.tocsin.client.internal.catalog.DefinitionSource;
import io.tocsin.client.internal.spill.Identity;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.ErrorTypeDefinition;
import io.tocsin.v1.Goodbye;
import io.tocsin.v1.Heartbeat;
import io.tocsin.v1.Hello;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.StreamRequest;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a stream to one of the endpoints: opens it, says Hello, sends heartbeats and definitions, notices when it is dead,
 * and waits before it tries the next endpoint. Confined to the sender's thread, but for {@link #status()}.
 */
final class Link {
    private static final String CLIENT = "tocsin-java/0.1.0";
    private static final int DEFINITIONS_PER_MESSAGE = 1_000;
    private static final int DEFINITION_BYTES_PER_MESSAGE = 512 << 10;

    private final SenderSettings settings;
    private final Consumer<StreamEvent> events;
    private final TroubleLog log;
    private final GuardedTracing tracing;
    private final Backoff backoff;

    private Identity identity;
    private DefinitionSource definitions;
    private @Nullable IngestStream stream;
    private SendTrace opening = SendTrace.NONE;
    private int endpoint;
    private long nextAttemptNanos;
    private long connects;
    private String lastProblem = "";
    private volatile ConnectionStatus status;

    Link(
            SenderSettings settings,
            Identity identity,
            DefinitionSource definitions,
            Consumer<StreamEvent> events,
            TroubleLog log,
            GuardedTracing tracing,
            long nowNanos) {
        this.settings = settings;
        this.identity = identity;
        this.definitions = definitions;
        this.events = events;
        this.log = log;
        this.tracing = tracing;
        backoff = new Backoff(settings.patience(), new SplittableRandom());
        nextAttemptNanos = nowNanos;
        status = new ConnectionStatus(State.CONNECTING, settings.endpoints().get(0), 0, 0, "");
    }

    ConnectionStatus status() {
        return status;
    }

    /** The stream, once the collector has welcomed it. */
    @Nullable
    IngestStream welcomed() {
        return stream != null && stream.welcomed ? stream : null;
    }

    boolean isCurrent(IngestStream other) {
        return stream == other;
    }

    /** Opens a stream if there is none and it is time. */
    void connectIfDue(long nowNanos) {
        if (stream != null || nowNanos - nextAttemptNanos < 0) {
            return;
        }
        publish(State.CONNECTING);
        try {
            IngestStream opened = new IngestStream(settings.channels().apply(endpointName()), events, nowNanos);
            stream = opened;
            opening = tracing.streamOpening(endpointName());
            opened.open(
                    tracing.traceparentOf(opening),
                    StreamRequest.newBuilder()
                            .setHello(Hello.newBuilder()
                                    .setProducer(identity.producer())
                                    .setEpoch(identity.epoch())
                                    .setClockMillis(settings.clock().millis())
                                    .setRecording(identity.recording())
                                    .setClient(CLIENT))
                            .build());
        } catch (RuntimeException e) {
            fail("cannot open a stream to " + endpointName() + ": " + e, 0, nowNanos);
        }
    }

    boolean speaksFor(Identity one) {
        return identity.equals(one);
    }

    /** The next stream speaks for another; the present one, if any, is done with. */
    void become(Identity other, DefinitionSource itsDefinitions, long nowNanos) {
        identity = other;
        definitions = itsDefinitions;
        if (stream != null) {
            stream.abandon("goes on as another incarnation");
            stream = null;
            nextAttemptNanos = nowNanos;
        }
        endOpening("");
    }

    void welcome(IngestStream by) {
        by.welcomed = true;
        endOpening("");
        connects++;
        publish(State.CONNECTED);
    }

    /** The collector does its work: a welcome alone does not show that. */
    void succeeded() {
        if (backoff.failuresInRow() > 0) {
            backoff.success();
            publish(State.CONNECTED);
        }
    }

    private void endOpening(String problem) {
        tracing.end(opening, 1, 0, problem);
        opening = SendTrace.NONE;
    }

    /** Gives the stream up; the next attempt goes to the next endpoint, after a wait. */
    void fail(String problem, long retryAfterNanos, long nowNanos) {
        if (stream != null) {
            stream.abandon(problem);
            stream = null;
        }
        endOpening(problem);
        lastProblem = problem;
        endpoint = (endpoint + 1) % settings.endpoints().size();
        nextAttemptNanos = nowNanos + Math.max(retryAfterNanos, backoff.failure());
        log.say(Trouble.CONNECTION, problem, null);
        publish(backoff.isOpen() ? State.OPEN : State.BACKING_OFF);
    }

    /** Brings the next attempt forward. */
    void hurry(long latestNanos) {
        if (latestNanos - nextAttemptNanos < 0) {
            nextAttemptNanos = latestNanos;
        }
    }

    /** Says "alive" when it is time. A stream that takes nothing gets none: it would only pile up. */
    void heartbeatIfDue(long nowNanos) {
        IngestStream open = welcomed();
        if (open != null
                && !open.leaving
                && nowNanos - open.lastHeartbeatNanos
                        >= settings.patience().heartbeat().toNanos()
                && open.isReady()) {
            open.lastHeartbeatNanos = nowNanos;
            succeeded();
            open.send(StreamRequest.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder()
                            .setClockMillis(settings.clock().millis()))
                    .build());
        }
    }

    /** Gives up a stream that owes an answer for too long. */
    void failIfSilent(boolean owesAnswer, long nowNanos) {
        if (stream == null) {
            return;
        }
        if (stream.welcomed && !owesAnswer) {
            stream.lastAnswerNanos = nowNanos;
        } else if (nowNanos - stream.lastAnswerNanos
                >= settings.patience().answer().toNanos()) {
            fail(endpointName() + " must answer within " + settings.patience().answer() + ", did not", 0, nowNanos);
        }
    }

    /** Sends the definitions that this stream has not had; false if some must wait until it takes more. */
    boolean defineAll(IngestStream on) {
        int series = definitions.seriesCount();
        int errorTypes = definitions.errorTypeCount();
        while (on.definedSeries < series || on.definedErrorTypes < errorTypes) {
            if (!on.isReady()) {
                return false;
            }
            Definitions.Builder some = Definitions.newBuilder();
            int bytes = 0;
            int count = 0;
            while (on.definedErrorTypes < errorTypes && count < DEFINITIONS_PER_MESSAGE) {
                ErrorTypeDefinition definition = definitions.errorTypeAt(on.definedErrorTypes++);
                some.addErrorTypes(definition);
                count++;
            }
            while (on.definedSeries < series
                    && count < DEFINITIONS_PER_MESSAGE
                    && bytes < DEFINITION_BYTES_PER_MESSAGE) {
                SeriesDefinition definition = definitions.seriesAt(on.definedSeries++);
                some.addSeries(definition);
                bytes += definition.getSerializedSize();
                count++;
            }
            on.send(StreamRequest.newBuilder().setDefinitions(some).build());
        }
        return true;
    }

    void defineAnew(IngestStream on) {
        on.definedSeries = 0;
        on.definedErrorTypes = 0;
    }

    void goodbye(IngestStream on) {
        on.leaving = true;
        on.send(StreamRequest.newBuilder()
                .setGoodbye(Goodbye.getDefaultInstance())
                .build());
        on.endSending();
    }

    boolean isDown() {
        return stream == null;
    }

    void close() {
        if (stream != null) {
            stream.abandon("client closed");
            stream = null;
        }
        endOpening("the client was closed");
        publish(State.CLOSED);
    }

    /** Nanoseconds until this must be looked at again. */
    long nextDueNanos(long nowNanos) {
        if (stream == null) {
            return Math.max(0, nextAttemptNanos - nowNanos);
        }
        long period = settings.patience().heartbeat().toNanos();
        long due = period - (nowNanos - stream.lastHeartbeatNanos);
        // one that is due and was not sent waits for the network, which rings the bell
        return due > 0 ? due : period;
    }

    private String endpointName() {
        return settings.endpoints().get(endpoint);
    }

    private void publish(State state) {
        status = new ConnectionStatus(state, endpointName(), backoff.failuresInRow(), connects, lastProblem);
    }
}
