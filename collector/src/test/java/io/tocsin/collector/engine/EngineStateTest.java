/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.checkpoint.StateImage;
import io.tocsin.collector.checkpoint.StateImages;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.journal.Entry;
import io.tocsin.detectors.DetectorFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that goes on from a saved state does what the one would have done that was saved. */
class EngineStateTest {
    private static final int STOPS = 12;

    private static List<DetectorFactory> detectors() {
        List<DetectorFactory> all = new ArrayList<>(EngineRig.builtIns());
        all.add(new RetriesFactory());
        return all;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void goesOnAsIfItHadNeverStopped(long seed) throws IOException {
        EngineRig live = RandomRun.with(seed, detectors());
        List<Entry> entries = live.entries;
        assertThat(live.eventList().stream().map(event -> event.alert().rule()).collect(Collectors.toSet()))
                .as("the run is worth looking at")
                .hasSizeGreaterThan(5);

        List<AlertEvent> events = new ArrayList<>();
        EngineRig rig = new EngineRig(RandomRun.TIGHT, detectors());
        for (int stop : stops(seed, entries.size())) {
            while (rig.offset() < stop) {
                rig.apply(entries.get((int) rig.offset()));
            }
            StateImage saved = rig.saved();
            events.addAll(rig.eventList());
            rig = EngineRig.resumed(RandomRun.TIGHT, detectors(), saved, stop);
            assertThat(StateImages.bytes(rig.saved())).as("restored at " + stop).isEqualTo(StateImages.bytes(saved));
        }
        events.addAll(rig.eventList());

        assertThat(JournalReplay.text(events)).isEqualTo(JournalReplay.text(live.eventList()));
        assertThat(events).isEqualTo(live.eventList());
        assertThat(StateImages.bytes(rig.saved())).isEqualTo(StateImages.bytes(live.saved()));
    }

    private static Set<Integer> stops(long seed, int entries) {
        SplittableRandom random = new SplittableRandom(-seed);
        Set<Integer> stops = new TreeSet<>(Set.of(0, entries));
        while (stops.size() < STOPS) {
            stops.add(random.nextInt(entries));
        }
        return stops;
    }
}
