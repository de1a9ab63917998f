/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenTasksTest {
    private static final long DAY_MILLIS = 86_400_000;

    private final Producer producer = new Producer(new ProducerKey("default", "p", 1));
    private final Series series =
            new Series(0, "default", new SeriesKey("tasks", SeriesKind.OUTCOME, Attributes.NONE), 0);

    @Test
    void aCompletedTaskIsLetGoOfLongBeforeItsDeadline() {
        OpenTasks tasks = new OpenTasks(10);
        for (long task = 1; task <= 1_000; task++) {
            tasks.started(producer, task, series, task, DAY_MILLIS);
            assertThat(tasks.completed(producer, task)).isTrue();
        }

        assertThat(tasks.watched()).isZero();
        assertThat(tasks.untracked()).isZero();
    }

    @Test
    void thoseThatWereNotCompletedPassTheirDeadlinesInOrder() {
        OpenTasks tasks = new OpenTasks(10);
        tasks.started(producer, 1, series, 0, 3_000);
        tasks.started(producer, 2, series, 0, 1_000);
        tasks.started(producer, 3, series, 0, 2_000);
        tasks.started(producer, 4, series, 0, 1_000);
        tasks.completed(producer, 3);

        List<Long> deadlines = new ArrayList<>();
        tasks.expire(2_999, (of, deadlineMillis, seconds) -> deadlines.add(deadlineMillis));

        assertThat(deadlines).containsExactly(1_000L, 1_000L);
        assertThat(tasks.watched()).isEqualTo(1);
        assertThat(tasks.completed(producer, 2)).as("counted at its deadline").isFalse();
    }
}
