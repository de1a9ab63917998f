/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.ruletest.TestSeries.Stretch;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchDecoder;
import io.tocsin.wire.MalformedBatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedTest {
    private record Row(long atMillis, double value, boolean failed) {}

    private static List<Row> rows(SeriesKind kind, long seed, Stretch... stretches) throws MalformedBatchException {
        SeriesKey key = new SeriesKey("m", kind, Attributes.NONE);
        RuleTest test = new RuleTest(
                "t",
                1_000_000,
                seed,
                List.of(new TestSeries(key, List.of(stretches))),
                Set.of(),
                Optional.empty(),
                List.of());
        List<Row> rows = new ArrayList<>();
        try (Generated generated = new Generated(test, List.of())) {
            long tick = 0;
            for (Entry entry = generated.next(); entry != null; entry = generated.next()) {
                if (entry instanceof Entry.Tick next) {
                    assertThat(next.engineMillis() - tick).isIn(250L, 1_000_000L);
                    tick = next.engineMillis();
                } else if (entry instanceof Entry.Batch batch) {
                    BatchColumns columns = new BatchColumns();
                    new BatchDecoder().decode(batch.bytes(), 0, batch.bytes().length, columns);
                    for (int row = 0; row < columns.rows(); row++) {
                        assertThat(columns.timeMillis()[row]).isGreaterThanOrEqualTo(tick);
                        rows.add(new Row(
                                columns.timeMillis()[row] - 1_000_000,
                                columns.value()[row],
                                row < columns.outcomes() && columns.failed(row)));
                    }
                }
            }
        }
        return rows;
    }

    @Test
    void eventsAreEvenAndFailuresEvenlySpread() throws MalformedBatchException {
        List<Row> rows = rows(SeriesKind.OUTCOME, 1, new Stretch(300_000, 100, 0.1, 0.1, 0.1, ""));

        assertThat(rows).hasSize(3_000);
        assertThat(rows.get(2_999).atMillis()).isEqualTo(299_900);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).failed()).isEqualTo(i % 10 == 9);
        }
    }

    @Test
    void stretchesFollowEachOtherAlsoThoseInWhichNothingHappens() throws MalformedBatchException {
        List<Row> rows = rows(
                SeriesKind.GAUGE,
                1,
                new Stretch(1_000, 400, 5, 5, 0, ""),
                new Stretch(10_000, 0, 0, 0, 0, ""),
                new Stretch(1_000, 500, 1, 2, 0, ""));

        assertThat(rows)
                .containsExactly(
                        new Row(0, 5, false),
                        new Row(400, 5, false),
                        new Row(800, 5, false),
                        new Row(11_000, 1, false),
                        new Row(11_500, 2, false));
    }

    @Test
    void theSeedDecidesWhatIsDrawn() throws MalformedBatchException {
        Stretch stretch = new Stretch(10_000, 10, 0.2, 0.4, 0, "");
        assertThat(rows(SeriesKind.OUTCOME, 1, stretch)).isEqualTo(rows(SeriesKind.OUTCOME, 1, stretch));
        assertThat(rows(SeriesKind.OUTCOME, 1, stretch)).isNotEqualTo(rows(SeriesKind.OUTCOME, 2, stretch));
        assertThat(rows(SeriesKind.OUTCOME, 1, stretch)).allMatch(row -> row.value() >= 0.2 && row.value() < 0.4);
    }
}
