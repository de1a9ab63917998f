/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import static io.tocsin.collector.store.AlertEvents.event;
import static io.tocsin.collector.store.disk.DiskRig.append;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.store.EventLog.Told;
import io.tocsin.collector.store.EventLogContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskEventStoreTest extends EventLogContract {
    @TempDir
    private Path folder;

    private DiskRig rig;

    @BeforeEach
    void setUp() {
        rig = new DiskRig(folder.resolve("store"));
    }

    @AfterEach
    void tearDown() {
        rig.close();
    }

    @Override
    protected Log log(int kept) {
        DiskStore store = rig.open(folder.resolve("store"), DiskRig.keeping(kept), DiskSettings.DEFAULTS);
        return new Log(
                store.view().events(), store.view().alerts(), store.view().eventSink());
    }

    @Test
    void eventsAlertsAndTheLogsIdOutliveARestart() {
        DiskStore before =
                append(rig.open(), event(1, "a", AlertState.PENDING), event(2, "a", AlertState.ACKNOWLEDGED));
        long id = before.view().events().id();
        before.close();
        DiskStore after = rig.open();

        assertThat(after.view().events().id()).isEqualTo(id);
        assertThat(after.view().events().after(0, 10))
                .containsExactly(event(1, "a", AlertState.PENDING), event(2, "a", AlertState.ACKNOWLEDGED));
        assertThat(after.view().alerts().alerts("t"))
                .containsExactly(event(2, "a", AlertState.ACKNOWLEDGED).alert());
        assertThat(after.view().alerts().eventsOf("t", "a")).hasSize(2);
    }

    @Test
    void howFarPeopleWereToldOutlivesARestart() {
        DiskStore before = append(rig.open(), event(1, "a", AlertState.PENDING));
        assertThat(before.view().events().told()).isEmpty();
        before.view().events().told(new Told(1, 17));
        before.close();

        assertThat(rig.open().view().events().told()).contains(new Told(1, 17));
    }

    @Test
    void eventsThatAreDerivedAgainAreNeitherStoredNorToldAgain() {
        append(rig.open(), event(1, "a", AlertState.PENDING), event(2, "a", AlertState.FIRING))
                .close();
        DiskStore store = rig.open();
        List<Long> told = new ArrayList<>();
        store.view().events().onAppend(() -> told.add(store.view().events().last()));
        append(
                store,
                event(1, "a", AlertState.PENDING),
                event(2, "a", AlertState.FIRING),
                event(3, "a", AlertState.RESOLVED));

        assertThat(told).containsExactly(3L);
        assertThat(store.eventsSeenAgain()).isEqualTo(2);
        assertThat(store.differentEvents()).isZero();
        assertThat(store.view().events().after(0, 10)).hasSize(3);
    }

    @Test
    void whatIsStoredWinsOverWhatAnotherBuildDerives() {
        append(rig.open(), event(1, "a", AlertState.PENDING), event(2, "a", AlertState.FIRING))
                .close();
        DiskStore store = rig.open();
        append(store, event(1, "a", AlertState.PENDING), event(2, "a", AlertState.RESOLVED));

        assertThat(store.differentEvents()).isEqualTo(1);
        assertThat(store.view().events().after(1, 10)).containsExactly(event(2, "a", AlertState.FIRING));
        assertThat(store.view().alerts().firing("t")).isEqualTo(1);
    }

    @Test
    void whatWasToldAndNotStoredMayComeOutOtherwiseUnderAnotherBuild() {
        DiskStore first = rig.open();
        first.derivedBy("one", 0);
        append(first, event(1, 10, "a", AlertState.FIRING));
        first.flush(15);
        append(first, event(2, 20, "a", AlertState.RESOLVED));
        long id = first.view().events().id();

        DiskStore same = rig.afterKill();
        same.derivedBy("one", 25);
        assertThat(same.view().events().id()).isEqualTo(id);

        DiskStore other = rig.afterKill();
        other.derivedBy("other", 25);
        assertThat(other.view().events().id()).isNotEqualTo(id);
        assertThat(other.view().events().sharedWith(id)).isEqualTo(1);
    }

    @Test
    void anotherBuildGoesOnWithWhatIsStoredWhole() {
        DiskStore first = rig.open();
        first.derivedBy("one", 0);
        append(first, event(1, 10, "a", AlertState.FIRING));
        first.flush(15);
        long id = first.view().events().id();
        DiskStore other = rig.afterKill();
        other.derivedBy("other", 15);
        assertThat(other.view().events().id()).isEqualTo(id);
    }

    @Test
    void newsOfABuildThatCountsOtherwiseGetsTheNextNumber() {
        append(rig.open(), event(1, 10, "a", AlertState.PENDING), event(2, 20, "a", AlertState.FIRING))
                .close();
        DiskStore store = rig.open();
        // of entry 15, which nobody was told of; so the engine is one ahead from there on
        append(
                store,
                event(1, 10, "a", AlertState.PENDING),
                event(2, 15, "b", AlertState.FIRING),
                event(3, 20, "a", AlertState.FIRING));
        store.flush(25);
        append(store, event(4, 30, "c", AlertState.FIRING), event(5, 31, "c", AlertState.RESOLVED));

        assertThat(store.differentEvents()).isEqualTo(2);
        assertThat(store.view().events().after(2, 10))
                .extracting(AlertEvent::number)
                .containsExactly(3L, 4L);
        assertThat(store.view().events().after(2, 10))
                .extracting(AlertEvent::id)
                .containsExactly("c.3", "c.4");
        assertThat(store.view().alerts().find("t", "c").orElseThrow().lastEvent())
                .isEqualTo(4);
        store.close();
        DiskStore again = rig.open();
        append(
                again,
                event(4, 30, "c", AlertState.FIRING),
                event(5, 31, "c", AlertState.RESOLVED),
                event(6, 40, "d", AlertState.FIRING));
        assertThat(again.view().events().last()).isEqualTo(5);
        assertThat(again.view().events().after(4, 1).get(0).alert().id()).isEqualTo("d");
    }

    @Test
    void ofOneEntryOnlyTheEventsThatAreNotStoredAreNews() {
        append(rig.open(), event(1, 10, "a", AlertState.FIRING)).close();
        DiskStore store = rig.open();
        append(store, event(1, 10, "a", AlertState.FIRING), event(2, 10, "b", AlertState.FIRING));

        assertThat(store.view().events().last()).isEqualTo(2);
        assertThat(store.differentEvents()).isZero();
    }

    @Test
    void afterAKillWhatWasFlushedIsThereAndTheRestIsDerivedWithTheSameIds() {
        DiskStore store = append(rig.open(), event(1, "a", AlertState.PENDING));
        store.flush(15);
        append(store, event(2, "a", AlertState.FIRING));
        DiskStore after = rig.afterKill();

        assertThat(after.view().events().last()).isEqualTo(1);
        assertThat(after.flushedOffset()).isEqualTo(15);
        append(after, event(1, "a", AlertState.PENDING), event(2, "a", AlertState.FIRING));
        assertThat(after.view().events().after(1, 10)).containsExactly(event(2, "a", AlertState.FIRING));
        assertThat(after.view().events().id()).isEqualTo(store.view().events().id());
    }

    @Test
    void flushedIsOnlyWhatIsWholeOnDisk() {
        DiskStore store = append(rig.open(), event(1, 10, "a", AlertState.FIRING));

        assertThat(store.flushedOffset()).isZero();
        store.close();
        assertThat(rig.open().flushedOffset()).isEqualTo(9);
    }

    @Test
    void eventsGoWhenTheyAreTooOldByEngineTime() {
        DiskStore store =
                rig.open(folder.resolve("store"), DiskRig.keeping(1_000), DiskRig.eventsFor(Duration.ofSeconds(10)));
        for (int n = 1; n <= 20; n++) {
            append(store, event(n, "a", AlertState.FIRING));
        }
        store.view().windows().time(15_000);

        assertThat(store.view().events().first()).isEqualTo(5);
        assertThat(store.view().events().after(0, 100).get(0).number()).isEqualTo(5);
        assertThat(store.view().alerts().eventsOf("t", "a")).hasSize(16);
        assertThat(store.expiredEvents()).isEqualTo(4);
        store.view().windows().time(10_000_000);
        assertThat(store.view().events().first()).isEqualTo(21);
        assertThat(store.view().events().after(0, 100)).isEmpty();
        append(store, event(21, "a", AlertState.RESOLVED));
        assertThat(store.view().events().after(0, 100)).hasSize(1);
    }

    @Test
    void alertsThatTheEngineDoesNotHaveEnd() {
        append(rig.open(), event(1, 10, "a", AlertState.FIRING), event(2, 20, "b", AlertState.FIRING))
                .close();
        DiskStore store = rig.open();
        store.reconcile(Set.of("b"), 20, 25, 60_000);

        assertThat(store.endedAlerts()).isEqualTo(1);
        Alert ended = store.view().alerts().find("t", "a").orElseThrow();
        assertThat(ended.state()).isEqualTo(AlertState.RESOLVED);
        assertThat(ended.resolvedMillis()).isEqualTo(60_000);
        assertThat(store.view().events().after(2, 10)).hasSize(1);
        append(store, event(3, 30, "b", AlertState.RESOLVED));
        assertThat(store.view().events().last()).isEqualTo(4);
    }

    @Test
    void whatABuildDoesNotDeriveAgainDiffers() {
        append(
                        rig.open(),
                        event(1, 10, "a", AlertState.FIRING),
                        event(2, 20, "b", AlertState.FIRING),
                        event(3, 30, "c", AlertState.FIRING))
                .close();
        DiskStore store = rig.open();
        append(store, event(2, 20, "b", AlertState.FIRING));
        // from a checkpoint of entry 10 on: b comes again, c does not
        store.reconcile(Set.of("a", "b"), 10, 35, 60_000);

        assertThat(store.differentEvents()).isEqualTo(1);
        assertThat(store.endedAlerts()).isEqualTo(1);
        store.close();
        DiskStore again = rig.open();
        append(again, event(2, 20, "b", AlertState.FIRING));
        again.reconcile(Set.of("a", "b"), 10, 35, 60_000);
        assertThat(again.differentEvents()).as("c again, not its end").isEqualTo(1);
    }
}
