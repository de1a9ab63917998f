/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import static io.tocsin.collector.call.FakeEvents.alert;
import static io.tocsin.collector.call.Statuses.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.call.FakeIntake;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.engine.alert.Acknowledgement;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.journal.Entry;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.AcknowledgeRequest;
import io.tocsin.v1.AcknowledgeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcknowledgeTest {
    private final AlertDoorRig rig = new AlertDoorRig();
    private final FakeIntake intake = rig.partitions.live().intake();
    private final List<Entry> commands = new ArrayList<>();

    @AfterEach
    void close() {
        rig.close();
    }

    /** Caused by an entry that is none of the commands. */
    private void fire(String id) {
        rig.events().append(alert("default", id, AlertState.FIRING, Severity.HIGH, false), ManualClock.NOON, 1_000);
    }

    /** What the engine does with a command. */
    private void acknowledgeAsTheEngineDoes(Entry command) {
        commands.add(command);
        Entry.AlertAcknowledged told = (Entry.AlertAcknowledged) command;
        Alert before = rig.events().find(told.tenant(), told.alertId()).orElseThrow();
        rig.events()
                .append(
                        before.change()
                                .state(AlertState.ACKNOWLEDGED)
                                .acknowledgement(
                                        Optional.of(new Acknowledgement(told.by(), told.note(), ManualClock.NOON)))
                                .build(),
                        ManualClock.NOON,
                        intake.nextOffset());
    }

    private AcknowledgeResponse acknowledge(String id, String by, String note) {
        return rig.alerts()
                .acknowledge(AcknowledgeRequest.newBuilder()
                        .setId(id)
                        .setBy(by)
                        .setNote(note)
                        .build());
    }

    private StatusRuntimeException refusalOf(String id, String by, String note) {
        return errorOf(() -> acknowledge(id, by, note));
    }

    @Test
    void answersWithTheAlertAsTheCommandMadeItAndTheCommandsPosition() {
        fire("a");
        intake.onCommand(this::acknowledgeAsTheEngineDoes);

        AcknowledgeResponse first = acknowledge("a", " anna ", "looking");
        AcknowledgeResponse second = acknowledge("a", "bob", "");

        assertThat(commands)
                .containsExactly(
                        new Entry.AlertAcknowledged("default", "a", "anna", "looking"),
                        new Entry.AlertAcknowledged("default", "a", "bob", ""));
        assertThat(first.getAlert().getState()).isEqualTo(io.tocsin.v1.AlertState.ALERT_STATE_ACKNOWLEDGED);
        assertThat(first.getAlert().getAcknowledgement().getBy()).isEqualTo("anna");
        assertThat(first.getAlert().getAcknowledgement().getNote()).isEqualTo("looking");
        assertThat(second.getAlert().getAcknowledgement().getBy()).isEqualTo("bob");
        assertThat(second.getPosition().getOffset())
                .isEqualTo(first.getPosition().getOffset() + 1);
    }

    @Test
    void whoComesTooLateIsToldThatItIsResolved() {
        fire("a");
        intake.onCommand(command -> rig.events()
                .append(alert("default", "a", AlertState.RESOLVED, Severity.HIGH, false), ManualClock.NOON, 1_001));

        StatusRuntimeException refusal = refusalOf("a", "anna", "");

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refusal).hasMessageContaining("alert \"a\" is resolved");
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "RESOLVED"})
    void whatDoesNotFireIsRefusedAndLeavesNothingInTheJournal(AlertState state) {
        rig.events().append(alert("default", "a", state, Severity.HIGH, false));
        intake.onCommand(commands::add);

        StatusRuntimeException refusal = refusalOf("a", "anna", "");

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refusal)
                .hasMessageContaining(
                        "is " + (state == AlertState.PENDING ? "pending" : "resolved") + "; only one that is firing");
        assertThat(commands).isEmpty();
    }

    @Test
    void anUnknownOneIsNotFoundNorIsOneOfAnotherTenant() {
        fire("a");
        rig.fire("other", "b", Severity.HIGH);

        assertThat(refusalOf("x", "anna", "").getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refusalOf("b", "anna", "")).hasMessageContaining("alert \"b\" is not known, there are a");
    }

    @Test
    void allThatIsWrongWithARequestIsSaidAtOnce() {
        StatusRuntimeException refusal = refusalOf("", "  ", "x".repeat(1_025));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal)
                .hasMessageContaining("id must be the id of an alert, was empty")
                .hasMessageContaining("by must say who takes care of it, was empty")
                .hasMessageContaining("note must be at most 1024 characters")
                .hasMessageContaining("was 1025 characters");
    }

    @Test
    void controlCharactersAreRefusedButALineFeedInANoteIsNot() {
        fire("a");
        intake.onCommand(this::acknowledgeAsTheEngineDoes);

        assertThat(refusalOf("a", "an\u001bna", "")).hasMessageContaining("by must be 1 to 128 characters without");
        assertThat(refusalOf("a", "anna", "\u001b[2J")).hasMessageContaining("note must be");
        assertThat(acknowledge("a", "x".repeat(128), "two\nlines")
                        .getAlert()
                        .getAcknowledgement()
                        .getNote())
                .isEqualTo("two\nlines");
    }

    @Test
    void saysThatItWillBeAppliedWhenTheEngineIsBehind() {
        fire("a");
        rig.partitions.live().appliedThrough(0);

        StatusRuntimeException late = refusalOf("a", "anna", "");

        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(late)
                .hasMessageContaining("the acknowledgement is in the journal at")
                .hasMessageContaining("it will be");
    }
}
