/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.terminal.KeyName;
import io.tocsin.cli.terminal.KeyPress;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Severity;
import io.tocsin.v1.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardStateTest {
    private static final long NOW = BoardSamples.NOW;

    private final BoardState state = BoardSamples.state(true);

    @Test
    void theWorstComesFirstAndWhatIsResolvedLast() {
        assertThat(state.board(NOW).alerts()).extracting(Alert::getId).containsExactly("a2", "a1", "a3", "a4");
    }

    @Test
    void theSelectionFollowsTheWorstUntilSomebodyMovesIt() {
        assertThat(state.board(NOW).selected()).isEqualTo("a2");
        press(KeyName.DOWN);
        assertThat(state.board(NOW).selected()).isEqualTo("a1");

        state.event(
                BoardSamples.event(
                        BoardSamples.alert("a0", "outage", "outage", "", Severity.SEVERITY_CRITICAL, 0)
                                .build(),
                        AlertState.ALERT_STATE_UNSPECIFIED),
                NOW);

        assertThat(state.board(NOW).selected()).isEqualTo("a1");
        press(KeyName.HOME);
        assertThat(state.board(NOW).selected()).isEqualTo("a0");
        press(KeyName.END);
        assertThat(state.board(NOW).selected()).isEqualTo("a4");
    }

    @Test
    void theFilterHidesWhatIsLessSevereAndCountsItAndComesRound() {
        for (int i = 0; i < 3; i++) {
            state.press(KeyPress.of('f'), NOW);
        }
        assertThat(state.board(NOW).alerts()).extracting(Alert::getId).containsExactly("a2", "a1");
        assertThat(state.board(NOW).hiddenAlerts()).isEqualTo(1);
        state.press(KeyPress.of('f'), NOW);
        assertThat(state.board(NOW).alerts()).hasSize(1);
        state.press(KeyPress.of('f'), NOW);
        assertThat(state.board(NOW).alerts()).hasSize(4);
    }

    @Test
    void acknowledgingAsksFirst() {
        assertThat(state.press(KeyPress.of('a'), NOW)).isEmpty();
        assertThat(state.board(NOW).overlay()).isEqualTo(new Overlay.Confirm("a2"));
        assertThat(state.press(KeyPress.of('q'), NOW)).isEmpty();
        assertThat(state.board(NOW).overlay()).isEqualTo(new Overlay.None());

        state.press(KeyPress.of('a'), NOW);
        assertThat(state.press(KeyPress.of('y'), NOW)).contains(new Action.Acknowledge("a2"));
    }

    @Test
    void whatIsResolvedCannotBeAcknowledged() {
        press(KeyName.END);
        state.press(KeyPress.of('a'), NOW);

        assertThat(state.board(NOW).overlay()).isEqualTo(new Overlay.None());
    }

    @Test
    void anIncidentIsChosenByKindSizeAndPlace() {
        state.press(KeyPress.of('i'), NOW);
        press(KeyName.RIGHT);
        press(KeyName.TAB);
        assertThat(press(KeyName.ENTER)).contains(new Action.Inject(new InjectMenu.Choice(0, 2, 1)));

        state.press(KeyPress.of('i'), NOW);
        state.press(KeyPress.of('2'), NOW);
        assertThat(press(KeyName.ENTER)).contains(new Action.Inject(new InjectMenu.Choice(1, 1, 2)));
    }

    @Test
    void withoutADemoThereIsNothingToInject() {
        BoardState dashboard = BoardSamples.state(false);
        dashboard.press(KeyPress.of('i'), NOW);

        assertThat(dashboard.board(NOW).overlay()).isEqualTo(new Overlay.None());
    }

    @Test
    void ctrlCEndsWhateverIsOpen() {
        state.press(KeyPress.of('i'), NOW);

        assertThat(press(KeyName.INTERRUPT)).contains(new Action.Quit());
        assertThat(state.press(KeyPress.of('q'), NOW)).contains(new Action.Quit());
    }

    @Test
    void whatAWholeSnapshotDoesNotHoldIsResolved() {
        state.snapshot(Snapshot.newBuilder()
                .addAlerts(BoardSamples.alerts().get(1))
                .setMore(true)
                .build());
        assertThat(state.board(NOW).alerts())
                .filteredOn(a -> a.getState() != AlertState.ALERT_STATE_RESOLVED)
                .hasSize(3);

        state.snapshot(Snapshot.getDefaultInstance());

        assertThat(state.board(NOW).alerts())
                .filteredOn(a -> a.getState() != AlertState.ALERT_STATE_RESOLVED)
                .extracting(Alert::getId)
                .containsExactly("a2");
        assertThat(state.board(NOW).alert("a1").map(Alert::getResolution))
                .contains("resolved while there was no connection");
    }

    @Test
    void aNoticeGoesAfterAWhile() {
        state.notice("done", NOW);

        assertThat(state.board(NOW + 4_999).notice()).isEqualTo("done");
        assertThat(state.board(NOW + 5_000).notice()).isEmpty();
    }

    @Test
    void pagesScrollWithinWhatTheyHave() {
        state.press(KeyPress.of('l'), NOW);
        press(KeyName.PAGE_UP);
        List<LogLine> log = state.board(NOW).log();
        assertThat(state.board(NOW).overlay()).isEqualTo(new Overlay.Log(log.size() - 1));
        press(KeyName.END);
        assertThat(state.board(NOW).overlay()).isEqualTo(new Overlay.Log(0));
        press(KeyName.ESCAPE);
        assertThat(state.board(NOW).overlay()).isEqualTo(new Overlay.None());
    }

    private Optional<Action> press(KeyName key) {
        return state.press(KeyPress.of(key), NOW);
    }
}
