/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.window.WindowSink;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.collector.store.SeriesReader;
import io.tocsin.collector.store.SeriesReader.Shape;
import io.tocsin.collector.store.SeriesRollup;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.wire.Sketch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSeriesStoreTest {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * HOUR;
    /** A whole bucket of each length begins here. */
    private static final long T0 = 19_800 * DAY;

    private static final Selector ALL = Selector.of("m");
    private static final List<String> BY_AGENT = List.of("agent");

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

    private static SeriesKey key(String agent, String instance) {
        return new SeriesKey("m", SeriesKind.OUTCOME, Attributes.of("agent", agent, "id", instance));
    }

    private static SeriesWindow window(long startMillis, int count) {
        Sketch sketch = new Sketch();
        for (int i = 1; i <= count; i++) {
            sketch.add(i);
        }
        int[] counts = new int[10];
        counts[0] = count;
        int[] failed = new int[10];
        failed[0] = 1;
        double[] sums = new double[10];
        sums[0] = sketch.sum();
        return new SeriesWindow(startMillis, counts, failed, sums, sketch, Map.of("timeout", 1L), List.of());
    }

    /** Gives windows as an engine does whose engine time is a little behind their sealing. */
    private static void feed(DiskStore store, long fromMillis, long toMillis, SeriesKey... keys) {
        WindowSink sink = store.view().windows();
        for (long start = fromMillis; start < toMillis; start += 10_000) {
            List<WindowSink.Sealed> sealed = new ArrayList<>();
            for (int i = 0; i < keys.length; i++) {
                SeriesWindow window = window(start, i + 1);
                sink.publish("t", keys[i], window, new WindowSink.SeriesTotals(1, 0, 1));
                sealed.add(new WindowSink.Sealed("t", keys[i], window));
            }
            sink.sealed(start, sealed);
            long end = start + 10_000;
            if (end % MINUTE == 0) {
                sink.sealedBefore(end);
            }
            sink.time(end);
        }
    }

    /** Records by line and length of what held them. */
    private static Map<String, Long> counts(DiskStore store, Selector selector, Shape shape, long from, long to) {
        Map<String, Long> counts = new TreeMap<>();
        SeriesReader series = store.view().series();
        series.scanAll(
                "t",
                selector,
                shape,
                from,
                to,
                (key, rollup) -> counts.merge(
                        key.attributes().only(shape.groupBy()).get("agent") + " " + rollup.lengthMillis() / 1_000,
                        rollup.content().sketch().count(),
                        Long::sum),
                (key, window) -> counts.merge(
                        key.attributes().only(shape.groupBy()).get("agent") + " window",
                        window.sketch().count(),
                        Long::sum));
        return counts;
    }

    private static long all(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(n -> n).sum();
    }

    @Test
    void everyRecordIsSeenOnceHoweverLongTheRangeAndWhateverTheSteps() {
        DiskStore store = rig.open();
        feed(store, T0, T0 + 3 * HOUR, key("a", "1"), key("b", "1"));
        store.flush(1);
        long records = 3 * 360 * 3;

        for (long step : new long[] {0, MINUTE, 10 * MINUTE, HOUR}) {
            assertThat(all(counts(store, ALL, new Shape(List.of(), step), T0, T0 + 3 * HOUR)))
                    .as("steps of %s ms", step)
                    .isEqualTo(records);
        }
        assertThat(counts(store, ALL, new Shape(BY_AGENT, HOUR), T0, T0 + 3 * HOUR))
                .containsEntry("a 3600", 720L)
                .containsEntry("b 3600", 1_440L)
                .containsEntry("a window", 90L);
    }

    @Test
    void anHourIsTheSumOfItsMinutesSketchIncluded() {
        DiskStore store = rig.open();
        feed(store, T0, T0 + 2 * HOUR, key("a", "1"), key("a", "2"));
        store.flush(1);
        List<SeriesRollup> hours = new ArrayList<>();
        store.view()
                .series()
                .scanAll(
                        "t",
                        Selector.of("m", Matcher.equal("id", "2")),
                        new Shape(List.of(), HOUR),
                        T0,
                        T0 + HOUR,
                        (key, rollup) -> hours.add(rollup),
                        (key, window) -> {});

        assertThat(hours).hasSize(1);
        SeriesRollup.Content hour = hours.get(0).content();
        assertThat(hour.failed()).isEqualTo(360);
        assertThat(hour.errors()).containsExactly(Map.entry("timeout", 360L));
        assertThat(hour.seen().cardinality()).isEqualTo(360);
        assertThat(hour.sketch().count()).isEqualTo(720);
        assertThat(hour.sketch().quantile(0.5)).isBetween(0.99, 1.01);
        assertThat(hour.sketch().quantile(0.51)).isBetween(1.98, 2.02);
    }

    @Test
    void rangesThatBeginAndEndWithinAnHourAreFilledWithMinutes() {
        DiskStore store = rig.open();
        feed(store, T0, T0 + 4 * HOUR, key("a", "1"));
        store.flush(1);

        assertThat(counts(store, ALL, new Shape(List.of(), 0), T0 + 30 * MINUTE, T0 + 2 * HOUR + 10 * MINUTE))
                .containsExactly(Map.entry(" 3600", 360L), Map.entry(" 60", 240L));
    }

    @Test
    void groupsHaveTenSecondsAndAnswerForTheirSeries() {
        DiskStore store = rig.open();
        store.groupings(tenant -> List.of(new Grouping(ALL, BY_AGENT)));
        feed(store, T0, T0 + MINUTE, key("a", "1")); // the tenant is known from now on
        feed(store, T0 + MINUTE, T0 + HOUR, key("a", "1"), key("a", "2"), key("b", "1"));
        store.flush(1);

        // 1 + 2 of two instances, 3 of the other agent
        assertThat(counts(store, ALL, new Shape(BY_AGENT, 10_000), T0 + MINUTE, T0 + 2 * MINUTE))
                .containsExactly(Map.entry("a 10", 18L), Map.entry("b 10", 18L));
        Selector ofB = Selector.of("m", Matcher.equal("agent", "b"));
        assertThat(counts(store, ofB, new Shape(List.of(), MINUTE), T0 + MINUTE, T0 + 3 * MINUTE))
                .containsExactly(Map.entry(" 60", 36L));
        List<SeriesKey> seen = new ArrayList<>();
        store.view()
                .series()
                .scanAll(
                        "t",
                        ofB,
                        new Shape(List.of(), MINUTE),
                        T0 + MINUTE,
                        T0 + 3 * MINUTE,
                        (key, rollup) -> seen.add(key),
                        (key, window) -> {});
        assertThat(seen).hasSize(2).allMatch(key -> key.attributes().size() == 1);
    }

    @Test
    void whatIsAskedOfSeriesIsTheSameWhetherGroupsAreKeptOrNot() {
        DiskStore grouped = rig.open();
        grouped.groupings(tenant -> List.of(new Grouping(ALL, BY_AGENT), new Grouping(ALL, List.of())));
        DiskStore plain = rig.open(folder.resolve("plain"), DiskRig.keeping(10), DiskSettings.DEFAULTS);
        for (DiskStore store : List.of(grouped, plain)) {
            feed(store, T0, T0 + 3 * HOUR, key("a", "1"), key("a", "2"), key("b", "1"), key("c", "7"));
            store.flush(1);
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);

        for (int i = 0; i < 200; i++) {
            long from = T0 + random.nextInt(170) * MINUTE;
            long to = from + (1 + random.nextInt(180)) * MINUTE;
            Selector selector = random.nextBoolean()
                    ? ALL
                    : Selector.of("m", Matcher.equal("agent", random.nextBoolean() ? "a" : "b"));
            Shape shape = new Shape(
                    random.nextBoolean() ? BY_AGENT : List.of(),
                    List.of(0L, MINUTE, HOUR).get(random.nextInt(3)));
            assertThat(counts(grouped, selector, shape, from, to))
                    .as("seed %s, %s %s %s-%s", seed, selector, shape, from - T0, to - T0)
                    .isEqualTo(counts(plain, selector, shape, from, to));
        }
    }

    @Test
    void afterARestartAllButTheLastMinutesComesFromDiskAndNothingTwice() {
        DiskStore before = rig.open();
        feed(before, T0, T0 + HOUR, key("a", "1"));
        before.close();
        DiskStore after = rig.open();

        assertThat(counts(after, ALL, new Shape(List.of(), MINUTE), T0, T0 + HOUR))
                .containsExactly(Map.entry(" 60", 360L));
        assertThat(after.view().series().grainMillis(T0 + 59 * MINUTE)).isEqualTo(MINUTE);
        // the engine begins at a checkpoint, seals the last half hour again and goes on
        feed(after, T0 + HOUR / 2, T0 + HOUR + 20 * MINUTE, key("a", "1"));
        after.flush(2);
        assertThat(all(counts(after, ALL, new Shape(List.of(), MINUTE), T0, T0 + 2 * HOUR)))
                .isEqualTo(480);
        assertThat(counts(after, ALL, new Shape(List.of(), HOUR), T0, T0 + HOUR))
                .containsExactly(Map.entry(" 3600", 360L));
    }

    @Test
    void whatAKillTookIsWrittenAgainWhenItIsSealedAgain() {
        DiskStore store = rig.open();
        feed(store, T0, T0 + 90 * MINUTE, key("a", "1"));
        store.flush(1);
        feed(store, T0 + 90 * MINUTE, T0 + 3 * HOUR, key("a", "1"), key("b", "1"));
        DiskStore after = rig.afterKill();

        assertThat(all(counts(after, ALL, new Shape(List.of(), MINUTE), T0, T0 + 90 * MINUTE)))
                .isEqualTo(540);
        feed(after, T0 + 80 * MINUTE, T0 + 3 * HOUR, key("a", "1"), key("b", "1"));
        after.flush(2);
        assertThat(counts(after, ALL, new Shape(BY_AGENT, HOUR), T0, T0 + 2 * HOUR))
                .containsExactly(Map.entry("a 3600", 720L), Map.entry("b 3600", 360L));
    }

    @Test
    void oldRollupsGoTheFinestFirst() {
        DiskStore store = rig.open(
                folder.resolve("store"),
                DiskRig.keeping(10),
                new DiskSettings(
                        Duration.ofDays(1),
                        Duration.ofHours(6),
                        Duration.ofDays(1),
                        Duration.ofDays(60),
                        1L << 40,
                        List.of(new Grouping(ALL, List.of()))));
        for (int day = 0; day < 4; day++) {
            feed(store, T0 + day * DAY, T0 + day * DAY + 2 * HOUR, key("a", "1"));
        }
        store.view().windows().sealedBefore(T0 + 4 * DAY);
        store.view().windows().time(T0 + 4 * DAY);
        store.flush(1);

        assertThat(store.bucketsExpired()).isPositive();
        assertThat(counts(store, ALL, new Shape(List.of(), MINUTE), T0, T0 + 3 * DAY))
                .isEmpty();
        assertThat(counts(store, ALL, new Shape(List.of(), HOUR), T0, T0 + 4 * DAY))
                .containsExactly(Map.entry(" 3600", 4 * 720L));
        assertThat(store.view().series().grainMillis(T0)).isEqualTo(HOUR);
    }

    @Test
    void whenFilesAreTooLargeTheOldestOfTheFinestGo() {
        DiskStore store = rig.open(
                folder.resolve("store"),
                DiskRig.keeping(10),
                new DiskSettings(
                        Duration.ofDays(1),
                        Duration.ofDays(90),
                        Duration.ofDays(90),
                        Duration.ofDays(90),
                        1,
                        List.of()));
        feed(store, T0, T0 + HOUR, key("a", "1"));
        store.flush(1);
        feed(store, T0 + 2 * DAY, T0 + 2 * DAY + HOUR, key("a", "1"));
        store.flush(2);

        assertThat(store.bucketsDropped()).isPositive();
        assertThat(counts(store, ALL, new Shape(List.of(), MINUTE), T0, T0 + DAY))
                .isEmpty();
        assertThat(counts(store, ALL, new Shape(List.of(), HOUR), T0, T0 + DAY)).containsEntry(" 3600", 360L);
        assertThat(all(counts(store, ALL, new Shape(List.of(), MINUTE), T0 + 2 * DAY, T0 + 3 * DAY)))
                .isEqualTo(360);
    }

    @Test
    void aGroupingWithTooManyGroupsIsGivenUpAndItsSeriesAnswer() {
        DiskStore store = rig.open();
        store.groupings(tenant -> List.of(new Grouping(ALL, List.of("id"))));
        feed(store, T0, T0 + MINUTE, key("a", "1"));
        SeriesKey[] many = new SeriesKey[SeriesCatalog.MAX_GROUPS + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = key("a", "i" + i);
        }
        WindowSink sink = store.view().windows();
        List<WindowSink.Sealed> sealed = new ArrayList<>();
        for (SeriesKey one : many) {
            sealed.add(new WindowSink.Sealed("t", one, window(T0 + MINUTE, 1)));
        }
        sink.sealed(T0 + MINUTE, sealed);
        sink.sealedBefore(T0 + 2 * MINUTE);
        sink.time(T0 + HOUR);
        store.flush(1);

        assertThat(store.groupingsGivenUp()).isEqualTo(1);
        DiskStore after = rig.afterKill();
        assertThat(all(counts(after, ALL, new Shape(List.of(), MINUTE), T0 + MINUTE, T0 + 2 * MINUTE)))
                .isEqualTo(many.length);
    }

    @Test
    void aGroupingThatHasJustBegunDoesNotTakeThePlaceOfOneThatHasThePast() {
        DiskStore store = rig.open();
        store.groupings(tenant -> List.of(new Grouping(ALL, BY_AGENT)));
        feed(store, T0, T0 + MINUTE, key("a", "1")); // the tenant is known from now on
        feed(store, T0 + MINUTE, T0 + HOUR, key("a", "1"), key("a", "2"), key("b", "1"));
        store.groupings(tenant -> List.of(new Grouping(ALL, BY_AGENT), new Grouping(ALL, List.of())));
        feed(store, T0 + HOUR, T0 + 2 * HOUR, key("a", "1"), key("a", "2"), key("b", "1"));
        store.flush(1);
        List<SeriesKey> seen = new ArrayList<>();
        store.view()
                .series()
                .scanAll(
                        "t",
                        ALL,
                        new Shape(List.of(), MINUTE),
                        T0 + MINUTE,
                        T0 + 3 * MINUTE,
                        (key, rollup) -> seen.add(key),
                        (key, window) -> {});

        // two minutes of the two agents, not of the three series
        assertThat(seen).hasSize(4).allMatch(key -> key.attributes().size() == 1);
    }

    @Test
    void hoursOfAGroupThatNobodyKeepsAreSummedOnceAndComeAsSums() {
        DiskStore store = rig.open();
        SeriesKey[] keys = {key("a", "1"), key("a", "2"), key("a", "3"), key("a", "4"), key("b", "1")};
        feed(store, T0, T0 + 3 * HOUR, keys);
        store.flush(1);
        Selector ofA = Selector.of("m", Matcher.equal("agent", "a"));
        Shape byHour = new Shape(List.of(), HOUR);
        long anHour = (1 + 2 + 3 + 4) * 360;

        assertThat(counts(store, ofA, byHour, T0 + HOUR, T0 + 2 * HOUR)).containsExactly(Map.entry(" 3600", anHour));
        long kept = store.sumsBytes();
        assertThat(kept).isPositive();
        assertThat(counts(store, ofA, byHour, T0, T0 + 2 * HOUR)).containsExactly(Map.entry(" 3600", 2 * anHour));
        assertThat(store.sumsBytes()).isGreaterThan(kept);
        List<SeriesRollup> sums = new ArrayList<>();
        store.view()
                .series()
                .scanAll("t", ofA, byHour, T0, T0 + HOUR, (key, sum) -> sums.add(sum), (key, window) -> {});
        assertThat(sums).hasSize(1);
        assertThat(sums.get(0).failed()).isEqualTo(4 * 360);
        assertThat(sums.get(0).content().errors()).containsExactly(Map.entry("timeout", 4 * 360L));
        assertThat(sums.get(0).content().seen().cardinality()).isEqualTo(360);
    }

    @Test
    void seriesOfARangeThatIsOverAreFoundWhileTheyLive() {
        DiskStore store = rig.open();
        feed(store, T0, T0 + 2 * HOUR, key("a", "1"), key("b", "1"));
        store.flush(1);
        List<String> found = new ArrayList<>();
        store.view()
                .series()
                .scanSome(
                        "t",
                        ALL,
                        new Shape(BY_AGENT, HOUR),
                        T0,
                        T0 + HOUR,
                        (key, lengthMillis) -> found.add(key.attributes().get("agent") + " " + lengthMillis),
                        (key, window) -> found.add("a window of " + key));

        assertThat(found).containsExactly("a 3600000", "b 3600000");
    }
}
