/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.client.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EndTimeSortTest {
    private static final RecordedSeries SERIES = new RecordedSeries("a", "", "");

    private final List<Long> out = new ArrayList<>();

    @Test
    void ordersWhatIsLateByLessThanTheWindow() {
        EndTimeSort sort = new EndTimeSort(30_000, 1_000_000, o -> out.add(o.endMillis()));
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            sort.take(ending(i * 20L - random.nextInt(29_000)));
        }
        sort.finish();

        assertThat(out).hasSize(20_000).isSorted();
        assertThat(sort.outOfOrder()).isZero();
    }

    @Test
    void passesOnWhatIsLaterThanTheWindowAndCountsIt() {
        EndTimeSort sort = new EndTimeSort(30_000, 1_000_000, o -> out.add(o.endMillis()));
        List.of(1_000L, 40_000L, 80_000L, 5_000L).forEach(end -> sort.take(ending(end)));
        sort.finish();

        assertThat(out).containsExactly(1_000L, 40_000L, 5_000L, 80_000L);
        assertThat(sort.outOfOrder()).isEqualTo(1);
    }

    @Test
    void holdsNoMoreThanItsBound() {
        EndTimeSort sort = new EndTimeSort(30_000, 10, o -> out.add(o.endMillis()));
        for (long i = 0; i < 100; i++) {
            sort.take(ending(i));
        }

        assertThat(out).hasSize(90).isSorted();
    }

    @Test
    void keepsTheFilesOrderAmongEquals() {
        List<RecordedOutcome> passed = new ArrayList<>();
        EndTimeSort sort = new EndTimeSort(30_000, 1_000, passed::add);
        List<RecordedOutcome> same = List.of(ending(7), ending(7), ending(7));
        same.forEach(sort::take);
        sort.finish();

        for (int i = 0; i < 3; i++) {
            assertThat(passed.get(i)).isSameAs(same.get(i));
        }
    }

    private static RecordedOutcome ending(long endMillis) {
        return new RecordedOutcome(SERIES, endMillis, 1, Status.OK, null);
    }
}
