/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.history;

import io.tocsin.collector.engine.window.WindowSink;
import io.tocsin.collector.query.ViewGroupings;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.collector.store.StoreSettings;
import io.tocsin.collector.store.disk.DiskSettings;
import io.tocsin.collector.store.disk.DiskStore;
import io.tocsin.wire.Sketch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Fills a store with days of agents' tasks, as an engine would that sealed them minute by minute: each series has ten outcomes in one window of ten seconds of every minute, a sixth of the series in each. Windows are
 * drawn from some hundred that were made before, so that the store's own work is what takes time.
 */
final class HistoryData {
    static final String TASKS = "gen_ai.invoke_agent.duration";
    static final int AGENT_TYPES = 10;
    static final int OUTCOMES_A_MINUTE = 10;
    private static final int POOL = 512;
    private static final long MINUTE = 60_000;
    private static final int TENS = (int) (MINUTE / SeriesWindow.LENGTH_MILLIS);
    private static final String TENANT = "default";

    private final List<SeriesKey> keys = new ArrayList<>();
    private final List<SeriesWindow> pool = new ArrayList<>();

    HistoryData(int series) {
        for (int i = 0; i < series; i++) {
            String agent = "agent-" + i % AGENT_TYPES;
            keys.add(new SeriesKey(
                    TASKS,
                    SeriesKind.OUTCOME,
                    Attributes.of(
                            "gen_ai.agent.name",
                            agent,
                            "gen_ai.agent.id",
                            instance(i),
                            "tocsin.task.type",
                            "task-" + i % 3)));
        }
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < POOL; i++) {
            pool.add(window(random));
        }
    }

    /** The agent whose series it is. */
    static String instance(int series) {
        return "agent-" + series % AGENT_TYPES + "-" + series / AGENT_TYPES;
    }

    private static SeriesWindow window(SplittableRandom random) {
        Sketch sketch = new Sketch();
        for (int i = 0; i < OUTCOMES_A_MINUTE; i++) {
            double gauss = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
            sketch.add(0.2 * StrictMath.exp(gauss));
        }
        int[] counts = new int[SeriesWindow.SECONDS];
        int[] failed = new int[SeriesWindow.SECONDS];
        double[] sums = new double[SeriesWindow.SECONDS];
        counts[0] = OUTCOMES_A_MINUTE;
        sums[0] = sketch.sum();
        boolean bad = random.nextInt(20) == 0;
        failed[0] = bad ? 1 : 0;
        return new SeriesWindow(0, counts, failed, sums, sketch, bad ? Map.of("timeout", 1L) : Map.of(), List.of());
    }

    /** Writes all minutes of that time, and returns when they are on disk. */
    void write(Path store, long fromMillis, long toMillis) throws IOException {
        DiskSettings usual = DiskSettings.DEFAULTS;
        DiskSettings settings = new DiskSettings(
                usual.eventsKept(),
                usual.tenSecondsKept(),
                usual.minutesKept(),
                usual.hoursKept(),
                usual.maxBytes(),
                ViewGroupings.ALL);
        SplittableRandom random = new SplittableRandom(13);
        try (DiskStore disk = DiskStore.open(store, StoreSettings.DEFAULTS, settings)) {
            WindowSink sink = disk.view().windows();
            for (long minute = fromMillis; minute < toMillis; minute += MINUTE) {
                for (int ten = 0; ten < TENS; ten++) {
                    sink.sealed(minute + ten * SeriesWindow.LENGTH_MILLIS, sealed(minute, ten, random));
                }
                sink.sealedBefore(minute + MINUTE);
            }
            disk.flush(0);
        }
    }

    /** Those of the series that have their outcomes in that ten seconds of the minute: in each, some of every agent type. */
    private List<WindowSink.Sealed> sealed(long minute, int ten, SplittableRandom random) {
        List<WindowSink.Sealed> sealed = new ArrayList<>(keys.size() / TENS + 1);
        for (int i = 0; i < keys.size(); i++) {
            if (i / AGENT_TYPES % TENS == ten) {
                SeriesWindow drawn = pool.get(random.nextInt(POOL));
                sealed.add(new WindowSink.Sealed(
                        TENANT,
                        keys.get(i),
                        new SeriesWindow(
                                minute + ten * SeriesWindow.LENGTH_MILLIS,
                                drawn.counts(),
                                drawn.failed(),
                                drawn.sums(),
                                drawn.sketch(),
                                drawn.errors(),
                                drawn.exemplars())));
            }
        }
        return sealed;
    }
}
