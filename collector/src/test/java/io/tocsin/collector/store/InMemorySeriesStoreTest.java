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
        return new InMemorySeriesStore(new StoreSettings(maxBytes, Duration.ofMinutes(15), 10, 10));
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
    }
}
