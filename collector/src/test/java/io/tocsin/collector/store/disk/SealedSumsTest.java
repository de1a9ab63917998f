/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.collector.store.SeriesRollup;
import io.tocsin.wire.Sketch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class SealedSumsTest {
    private static final long HOUR = 3_600_000;
    private static final long T0 = 480_000 * HOUR;

    private final RollupCounters counters = new RollupCounters();
    private final SealedSums sums = new SealedSums(10_000, counters);
    /** What was read of series: first hour and the one behind the last. */
    private final List<String> reads = new ArrayList<>();

    private static SealedSums.Question question(String metric) {
        return new SealedSums.Question("t", Selector.of(metric), List.of("agent"));
    }

    /** Two agents with two series each, which have 1, 2, 3 and 4 records in each hour. */
    private void read(long fromMillis, long toMillis, BiConsumer<SeriesKey, SeriesRollup> visitor) {
        reads.add((fromMillis - T0) / HOUR + "-" + (toMillis - T0) / HOUR);
        for (int i = 0; i < 4; i++) {
            SeriesKey key =
                    new SeriesKey("m", SeriesKind.OUTCOME, Attributes.of("agent", i < 2 ? "a" : "b", "id", "id-" + i));
            for (long start = fromMillis; start < toMillis; start += HOUR) {
                Sketch sketch = new Sketch();
                sketch.add(1, i + 1);
                visitor.accept(
                        key, SeriesRollup.of(start, HOUR, new SeriesRollup.Content(0, Map.of(), new BitSet(), sketch)));
            }
        }
    }

    private Map<String, Long> ask(String metric, int fromHour, int toHour, long beginsMillis) {
        Map<String, Long> counts = new TreeMap<>();
        sums.visit(
                question(metric),
                T0 + fromHour * HOUR,
                T0 + toHour * HOUR,
                beginsMillis,
                this::read,
                (key, rollup) -> counts.merge(
                        key.attributes().get("agent") + (rollup.startMillis() - T0) / HOUR,
                        rollup.sketch().count(),
                        Long::sum));
        return counts;
    }

    @Test
    void readsOnlyWhatIsNotThere() {
        assertThat(ask("m", 2, 4, T0))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a2", 3L, "a3", 3L, "b2", 7L, "b3", 7L));
        assertThat(ask("m", 3, 5, T0))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a3", 3L, "a4", 3L, "b3", 7L, "b4", 7L));
        assertThat(ask("m", 1, 5, T0)).hasSize(8);
        assertThat(ask("m", 2, 3, T0)).hasSize(2);

        assertThat(reads).containsExactly("2-4", "4-5", "1-2");
    }

    @Test
    void whatLiesApartTakesThePlaceOfWhatWasThere() {
        ask("m", 0, 2, T0);
        assertThat(ask("m", 5, 6, T0)).hasSize(2);
        assertThat(ask("m", 0, 6, T0)).hasSize(12);

        assertThat(reads).containsExactly("0-2", "5-6", "0-5");
    }

    @Test
    void hoursThatAreGoneAreNotShownAnyMore() {
        ask("m", 0, 4, T0);

        assertThat(ask("m", 0, 4, T0 + 2 * HOUR)).containsOnlyKeys("a2", "a3", "b2", "b3");
        assertThat(reads).hasSize(1);
    }

    @Test
    void whatWasNotAskedForLongestGoesAndIsCounted() {
        ask("m", 0, 10, T0);
        ask("n", 0, 10, T0);
        assertThat(sums.bytes()).isBetween(1L, 10_000L);
        ask("o", 0, 10, T0);
        ask("p", 0, 10, T0);

        assertThat(sums.bytes()).isBetween(1L, 10_000L);
        assertThat(counters.sumsEvicted.sum()).isPositive();
        assertThat(ask("m", 0, 10, T0)).hasSize(20);
    }

    @Test
    void aQuestionThatIsTooLargeToBeKeptIsAnsweredAllTheSame() {
        assertThat(ask("m", 0, 200, T0)).hasSize(400);

        assertThat(sums.bytes()).isZero();
        assertThat(counters.sumsEvicted.sum()).isEqualTo(1);
    }
}
