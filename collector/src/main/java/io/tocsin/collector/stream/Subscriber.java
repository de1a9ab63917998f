/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.RecordingStatus;
import io.tocsin.collector.store.EventLog;
import io.tocsin.v1.Gap;
import io.tocsin.v1.KeepAlive;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.SubscribeResponse;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One subscription: a place in the event log that moves on as the subscriber reads. Nothing is queued for it: what it has not read
 * stays in the log, so being slow costs no memory; but who has been behind for long, by many events, is told of a gap and gets what
 * is firing now. Confined to the subscriptions' thread.
 */
final class Subscriber {
    private static final int EVENTS_A_TURN = 256;
    /** Keeps a part well below the 4 MiB that clients take unless told otherwise. */
    private static final int ALERTS_A_PART = 500;

    private static final long NOT_BEHIND = Long.MIN_VALUE;

    private final ServerCallStreamObserver<SubscribeResponse> caller;
    private final Partition partition;
    private final AlertSelection selection;
    private final String tenant;
    private final long log;
    private final SubscriptionSettings settings;
    private final SubscriptionCounters counters;
    private final BooleanSupplier stillThere;

    private boolean snapshotDue;
    private boolean gapDue;
    private long number;
    private boolean caughtUp;
    private long behindSinceMillis = NOT_BEHIND;
    private long lastSentMillis;
    private boolean ended;

    /**
     * @param stillThere whether the partition is still one of the tenant's
     */
    Subscriber(
            ServerCallStreamObserver<SubscribeResponse> caller,
            Partition partition,
            String tenant,
            AlertSelection selection,
            Start start,
            SubscriptionSettings settings,
            SubscriptionCounters counters,
            BooleanSupplier stillThere,
            long nowMillis) {
        this.caller = caller;
        this.partition = partition;
        this.tenant = tenant;
        this.selection = selection;
        this.log = start.log();
        this.settings = settings;
        this.counters = counters;
        this.stillThere = stillThere;
        this.number = start.number();
        this.snapshotDue = start.kind() != Start.Kind.RESUME;
        this.gapDue = start.kind() == Start.Kind.OTHER_LOG;
        // who resumes hears at once that it is back, even if nothing has happened
        boolean resumes = start.kind() == Start.Kind.RESUME;
        this.lastSentMillis = resumes ? nowMillis - settings.keepAlive().toMillis() : nowMillis;
    }

    /**
     * Where a subscription begins.
     *
     * @param log the log's mark, for cursors
     * @param number the last event that was dealt with; 0 unless it resumes
     */
    record Start(Kind kind, long log, long number) {
        enum Kind {
            SNAPSHOT,
            RESUME,
            /** The cursor is of another run, whose events cannot be had any more. */
            OTHER_LOG
        }
    }

    boolean isGone() {
        return ended || caller.isCancelled();
    }

    EventLog events() {
        return partition.events();
    }

    /** Sends what there is and what the subscriber reads; true: there is more, and it reads on. */
    boolean advance(long nowMillis) {
        if (!caller.isReady()) {
            noteBehind(nowMillis);
            return false;
        }
        if (gapDue) {
            gapDue = false;
            sendSnapshotAfterGap(1, "restarted", nowMillis);
        } else if (snapshotDue) {
            sendSnapshot(partition.events().snapshot(tenant), nowMillis);
        } else if (isSlow(nowMillis)) {
            sendSnapshotAfterGap(number + 1, "slow", nowMillis);
        }
        return sendEvents(nowMillis);
    }

    private void noteBehind(long nowMillis) {
        if (caughtUp && behindSinceMillis == NOT_BEHIND && partition.events().last() > number) {
            behindSinceMillis = nowMillis;
            counters.fellBehind.increment();
        }
    }

    private void noteNotBehind() {
        if (behindSinceMillis != NOT_BEHIND) {
            behindSinceMillis = NOT_BEHIND;
            counters.caughtUp.increment();
        }
    }

    private boolean isSlow(long nowMillis) {
        if (behindSinceMillis == NOT_BEHIND
                || nowMillis - behindSinceMillis < settings.slowAfter().toMillis()
                || partition.events().last() - number <= settings.maxBehind()) {
            return false;
        }
        int wanted = 0;
        long at = number;
        while (wanted <= settings.maxBehind()) {
            List<AlertEvent> events = partition.events().after(at, EVENTS_A_TURN);
            if (events.isEmpty()) {
                return false;
            }
            wanted += (int)
                    events.stream().filter(e -> selection.takes(e.alert())).count();
            at = events.get(events.size() - 1).number();
        }
        return true;
    }

    private boolean sendEvents(long nowMillis) {
        List<AlertEvent> events = partition.events().after(number, EVENTS_A_TURN);
        if (partition.events().first() > number + 1) {
            // asked after reading, so that nothing is lost between the two
            sendSnapshotAfterGap(number + 1, "expired", nowMillis);
            return true;
        }
        for (AlertEvent event : events) {
            if (!caller.isReady()) {
                noteBehind(nowMillis);
                return false;
            }
            number = event.number();
            if (selection.takes(event.alert())) {
                counters.events.increment();
                send(SubscribeResponse.newBuilder().setEvent(ProtoAlerts.event(event)), nowMillis);
            }
        }
        if (events.size() < EVENTS_A_TURN) {
            caughtUp = true;
            noteNotBehind();
            return false;
        }
        return true;
    }

    private void sendSnapshotAfterGap(long from, String reason, long nowMillis) {
        (reason.equals("slow") ? counters.gapsSlow : counters.gapsExpired).increment();
        EventLog.Snapshot snapshot = partition.events().snapshot(tenant);
        // the gap's own cursor is still before it: whoever loses the line between gap and snapshot hears of it again
        long to = snapshot.throughEvent();
        send(
                SubscribeResponse.newBuilder()
                        .setGap(Gap.newBuilder()
                                .setFromEvent(Math.min(from, to))
                                .setToEvent(to)
                                .setReason(reason)),
                nowMillis);
        sendSnapshot(snapshot, nowMillis);
    }

    private void sendSnapshot(EventLog.Snapshot snapshot, long nowMillis) {
        snapshotDue = false;
        List<Alert> alerts = snapshot.alerts().stream().filter(selection::takes).toList();
        int sent = 0;
        do {
            List<Alert> part = alerts.subList(sent, Math.min(sent + ALERTS_A_PART, alerts.size()));
            sent += part.size();
            boolean more = sent < alerts.size();
            if (!more) {
                // until the last part the cursor is before the snapshot: a line lost in between begins it anew
                number = snapshot.throughEvent();
            }
            Snapshot.Builder proto = Snapshot.newBuilder()
                    .setThroughEvent(snapshot.throughEvent())
                    .setMore(more);
            part.forEach(alert -> proto.addAlerts(ProtoAlerts.alert(alert)));
            send(SubscribeResponse.newBuilder().setSnapshot(proto), nowMillis);
        } while (sent < alerts.size());
        caughtUp = true;
        noteNotBehind();
    }

    /** Says that it is there if it has not spoken for long; ends when what it watches was removed. */
    void keepAlive(long nowMillis) {
        if (nowMillis - lastSentMillis < settings.keepAlive().toMillis()) {
            return;
        }
        if (!stillThere.getAsBoolean()) {
            end(CallErrors.notFound(
                    "recording",
                    partition.recording().map(RecordingStatus::name).orElse(""),
                    List.of()));
        } else if (caller.isReady()) {
            counters.keepAlives.increment();
            send(SubscribeResponse.newBuilder().setKeepAlive(KeepAlive.getDefaultInstance()), nowMillis);
        }
    }

    /** It is served no more. */
    void left() {
        noteNotBehind();
        counters.closed.increment();
    }

    void end(StatusRuntimeException reason) {
        if (!isGone()) {
            ended = true;
            caller.onError(reason);
        }
    }

    private void send(SubscribeResponse.Builder response, long nowMillis) {
        lastSentMillis = nowMillis;
        caller.onNext(response.setCursor(new Cursor(partition.number(), log, number).encode())
                .build());
    }
}
