/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.wire.Sketch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemorySeriesStoreTest {
    private static final SeriesTotals TOTALS = new SeriesTotals(1, 0, 0.5);

    private static SeriesKey key(String agent) {
        return new SeriesKey("m", SeriesKind.OUTCOME, Attributes.of("agent", agent));
    }

    private static SeriesWindow window(long startMillis, int count) {
        Sketch sketch = new Sketch();
        sketch.add(0.5, count);
        int[] counts = new int[10];
        counts[0] = count;
        return new SeriesWindow(startMillis, counts, new int[10], new double[10], sketch, Map.of(), List.of());
    }

    private static InMemorySeriesStore store(long maxBytes) {
        return new InMemorySeriesStore(new StoreSettings(
                maxBytes,
                Duration.ofMinutes(15),
                1 << 20,
                Duration.ofHours(3),
                Duration.ofHours(26),
                Duration.ofDays(8),
                10,
                10));
    }

    private static List<String> scan(InMemorySeriesStore store, Selector selector, long from, long to) {
        List<String> seen = new ArrayList<>();
        store.scan(
                "t",
                selector,
                from,
                to,
                (key, window) -> seen.add(
                        key.attributes().get("agent") + "@" + window.startMillis() + "=" + window.counts()[0]));
        return seen;
    }

    @Test
    void readsSelectedSeriesInOrderAndARangeThatIsOpenAtItsEnd() {
        InMemorySeriesStore store = store(1 << 20);
        store.publish("t", key("b"), window(20_000, 2), TOTALS);
        store.publish("t", key("a"), window(20_000, 1), TOTALS);
        store.publish("t", key("a"), window(10_000, 3), TOTALS);
        store.publish("t", key("a"), window(30_000, 4), TOTALS);
        store.publish("other", key("a"), window(20_000, 9), TOTALS);

        assertThat(scan(store, Selector.of("m"), 10_000, 30_000))
                .containsExactly("a@10000=3", "a@20000=1", "b@20000=2");
        assertThat(scan(store, Selector.of("m", Matcher.equal("agent", "b")), 0, 99_000))
                .containsExactly("b@20000=2");
        assertThat(scan(store, Selector.of("n"), 0, 99_000)).isEmpty();
    }

    @Test
    void aCorrectionReplacesTheWindow() {
        InMemorySeriesStore store = store(1 << 20);
        store.publish("t", key("a"), window(10_000, 3), TOTALS);
        long bytes = store.bytes();
        store.publish("t", key("a"), window(10_000, 5), TOTALS);

        assertThat(scan(store, Selector.of("m"), 0, 99_000)).containsExactly("a@10000=5");
        assertThat(store.bytes()).isEqualTo(bytes);
    }

    @Test
    void theOldestGoWhenThereAreTooManyBytes() {
        long one = window(0, 1).memoryBytes();
        InMemorySeriesStore store = store(3 * one);
        for (int i = 0; i < 10; i++) {
            store.publish("t", key("a"), window(i * 10_000L, i + 1), TOTALS);
        }

        assertThat(scan(store, Selector.of("m"), 0, 999_000)).containsExactly("a@70000=8", "a@80000=9", "a@90000=10");
        assertThat(store.evictedForBytes()).isEqualTo(7);
        assertThat(store.earliestMillis("t")).isEqualTo(70_000);
        assertThat(store.latestMillis("t")).isEqualTo(100_000);
    }

    @Test
    void theOldestGoWithTime() {
        InMemorySeriesStore store = store(1 << 20);
        store.publish("t", key("a"), window(0, 1), TOTALS);
        store.publish("t", key("a"), window(10_000, 2), TOTALS);
        store.time(Duration.ofMinutes(15).toMillis() + 10_000);

        assertThat(scan(store, Selector.of("m"), 0, 999_000)).containsExactly("a@10000=2");
    }

    @Test
    void aForgottenSeriesLeavesNothingOnceItsWindowsAreOld() {
        InMemorySeriesStore store = store(1 << 20);
        store.publish("t", key("a"), window(0, 1), TOTALS);
        store.forget("t", key("a"));
        assertThat(scan(store, Selector.of("m"), 0, 999_000)).hasSize(1);

        store.time(Duration.ofHours(1).toMillis());

        List<SeriesKey> left = new ArrayList<>();
        store.totals("t", "m", (key, totals) -> left.add(key));
        assertThat(left).isEmpty();
        assertThat(store.bytes()).isZero();

        store.time(Duration.ofDays(9).toMillis());

        store.keys("t", "m", left::add);
        assertThat(left).isEmpty();
        assertThat(store.rollupBytes()).isZero();
    }

    /** What is there of [from, to), and how much of it is seen. */
    private static String all(InMemorySeriesStore store, long fromMillis, long toMillis) {
        long[] sums = new long[3];
        store.scanAll(
                "t",
                Selector.of("m"),
                fromMillis,
                toMillis,
                (key, rollup) -> {
                    sums[0] += rollup.content().sketch().count();
                    sums[1] += rollup.content().seen().cardinality();
                    sums[2]++;
                },
                (key, window) -> {
                    sums[0] += window.sketch().count();
                    sums[1]++;
                });
        return sums[0] + " records in " + sums[1] + " windows, " + sums[2] + " rollups";
    }

    @Test
    void keepsOldWindowsAsRollupsThatBecomeLongerWithAge() {
        InMemorySeriesStore store = store(1 << 20);
        long hour = Duration.ofHours(1).toMillis();
        for (long at = 0; at < hour; at += 20_000) {
            store.publish("t", key("a"), window(at, 2), TOTALS);
        }

        store.time(hour);
        assertThat(all(store, 0, hour)).isEqualTo("360 records in 180 windows, 45 rollups");
        assertThat(store.grainMillis(hour - 1)).isEqualTo(10_000);
        assertThat(store.grainMillis(hour / 2)).isEqualTo(60_000);
        store.time(hour * 4);
        assertThat(all(store, 0, hour)).isEqualTo("360 records in 180 windows, 12 rollups");
        assertThat(all(store, 300_000, 900_000)).isEqualTo("60 records in 30 windows, 2 rollups");
        store.time(hour * 27);
        assertThat(all(store, 0, hour)).isEqualTo("360 records in 180 windows, 2 rollups");
        assertThat(store.grainMillis(hour / 2)).isEqualTo(1_800_000);
        store.time(hour * 24 * 9);
        assertThat(all(store, 0, hour)).isEqualTo("0 records in 0 windows, 0 rollups");
        assertThat(store.rollupsLost()).isZero();
    }

    @Test
    void losesTheOldestRollupsWhenTheyHoldTooManyBytes() {
        InMemorySeriesStore store = store(1 << 20);
        for (long at = 0; at < 10_000; at++) {
            store.publish("t", key("a"), window(at * 60_000, 1), TOTALS);
            store.time(at * 60_000);
        }

        assertThat(store.rollupBytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(all(store, 0, 10_000L * 60_000)).startsWith("10000 records");
        InMemorySeriesStore small = new InMemorySeriesStore(new StoreSettings(
                1 << 20,
                Duration.ofMinutes(1),
                2_000,
                Duration.ofHours(3),
                Duration.ofHours(26),
                Duration.ofDays(8),
                10,
                10));
        for (long at = 0; at < 100; at++) {
            small.publish("t", key("a"), window(at * 60_000, 1), TOTALS);
            small.time(at * 60_000);
        }

        assertThat(small.rollupBytes()).isLessThanOrEqualTo(2_000);
        assertThat(small.rollupsLost()).isPositive();
        assertThat(all(small, 0, 80L * 60_000)).startsWith("0 records");
        assertThat(all(small, 95L * 60_000, 100L * 60_000)).startsWith("5 records");
    }

    @Test
    void countsACorrectionOfWhatIsARollupAlready() {
        long one = window(0, 1).memoryBytes();
        InMemorySeriesStore store = store(2 * one);
        for (long at = 0; at < 5; at++) {
            store.publish("t", key("a"), window(at * 10_000, 1), TOTALS);
        }

        store.publish("t", key("a"), window(0, 7), TOTALS);

        assertThat(store.correctionsLost()).isEqualTo(1);
        assertThat(all(store, 0, 60_000)).startsWith("5 records");
    }
}
