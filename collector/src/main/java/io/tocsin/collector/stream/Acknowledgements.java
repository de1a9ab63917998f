/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.tocsin.collector.call.AppliedCommands;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallErrors.Violation;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Position;
import io.tocsin.v1.AcknowledgeRequest;
import io.tocsin.v1.AcknowledgeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Acknowledges alerts. Whether one was acknowledged is what the engine did with the command, so of two who do it at once each is told what came of
 * theirs. Thread-safe; holds no thread while it waits.
 */
final class Acknowledgements {
    static final int MAX_BY = 128;
    static final int MAX_NOTE = 1_024;

    private final Duration maxWait;
    private final Executor executor;

    Acknowledgements(Duration maxWait, Executor executor) {
        this.maxWait = maxWait;
        this.executor = executor;
    }

    /** Throws INVALID_ARGUMENT, naming all that is wrong with the request. */
    static void check(AcknowledgeRequest request) {
        List<Violation> violations = new ArrayList<>();
        if (request.getId().isEmpty()) {
            violations.add(new Violation("id", "must be the id of an alert, was empty"));
        }
        if (request.getBy().isBlank()) {
            violations.add(new Violation("by", "must say who takes care of it, was empty"));
        } else if (request.getBy().length() > MAX_BY || hasControl(request.getBy(), "")) {
            violations.add(new Violation(
                    "by",
                    "must be 1 to " + MAX_BY + " characters without control characters, was "
                            + request.getBy().length() + " characters"));
        }
        if (request.getNote().length() > MAX_NOTE || hasControl(request.getNote(), "\n\t")) {
            violations.add(new Violation(
                    "note",
                    "must be at most " + MAX_NOTE
                            + " characters without control characters other than line feed and tab, was "
                            + request.getNote().length() + " characters"));
        }
        if (!violations.isEmpty()) {
            throw CallErrors.invalid(violations);
        }
    }

    private static boolean hasControl(String text, String allowed) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) && allowed.indexOf(c) < 0);
    }

    /** Of an alert that is there; what is refused at once leaves nothing in the journal. */
    CompletableFuture<AcknowledgeResponse> acknowledge(Partition partition, Alert alert, AcknowledgeRequest request) {
        if (!alert.state().isFiring()) {
            throw refused(alert.id(), alert.state());
        }
        Entry command = new Entry.AlertAcknowledged(
                alert.tenant(), alert.id(), request.getBy().strip(), request.getNote());
        return AppliedCommands.apply(partition, command, "the acknowledgement", maxWait)
                .thenApplyAsync(position -> answer(partition, alert, position), executor);
    }

    private static AcknowledgeResponse answer(Partition partition, Alert asked, Position position) {
        Optional<AlertEvent> done = partition.alerts().eventsOf(asked.tenant(), asked.id()).stream()
                .filter(event -> event.position().offset() == position.offset())
                .findFirst();
        if (done.isEmpty()) {
            // it ended between the look at it and the command
            throw refused(asked.id(), AlertState.RESOLVED);
        }
        return AcknowledgeResponse.newBuilder()
                .setAlert(ProtoAlerts.alert(done.get().alert()))
                .setPosition(ProtoAlerts.position(position))
                .build();
    }

    private static RuntimeException refused(String id, AlertState state) {
        return CallErrors.failedPrecondition(
                "ALERT_NOT_FIRING",
                "alert \"" + id + "\" is " + state.name().toLowerCase(Locale.ROOT)
                        + "; only one that is firing or acknowledged can be acknowledged");
    }
}
