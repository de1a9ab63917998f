/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import io.tocsin.collector.backtest.EntryBuilder;
import io.tocsin.collector.backtest.EntrySource;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.SeriesKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A test's events as a journal would hold them: ticks every 250 ms, a producer that is alive throughout, rules first. Holds the entries between two ticks. Not
 * thread-safe.
 */
final class Generated implements EntrySource {
    static final String TENANT = "default";
    private static final long TICK_MILLIS = 250;

    private final RuleTest test;
    private final Deque<Entry> ready = new ArrayDeque<>();
    private final EntryBuilder builder = new EntryBuilder(TENANT, ready::add);
    private final List<Course> courses = new ArrayList<>();
    private final long endMillis;
    private long nowMillis;
    private long offset;

    Generated(RuleTest test, List<Rule> rules) {
        this.test = test;
        // so that what should end by then is seen to have ended
        this.endMillis = test.endMillis() + 1_000;
        SplittableRandom random = new SplittableRandom(test.seed());
        test.series().forEach(series -> courses.add(new Course(series, random.split())));
        builder.rules(rules);
        builder.liveness(Liveness.ALIVE, test.beginMillis());
        builder.tick(test.beginMillis());
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    public @Nullable Entry next() {
        while (ready.isEmpty() && nowMillis < endMillis) {
            nowMillis += TICK_MILLIS;
            courses.forEach(course -> course.recordBefore(nowMillis));
            builder.tick(test.beginMillis() + nowMillis);
        }
        Entry next = ready.poll();
        if (next != null) {
            offset++;
        }
        return next;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public double share() {
        return (double) nowMillis / endMillis;
    }

    @Override
    public void close() {}

    /** Where one series stands. */
    private final class Course {
        private final TestSeries series;
        private final SplittableRandom random;
        private int stretch;
        private long stretchBeginMillis;
        private long event;

        Course(TestSeries series, SplittableRandom random) {
            this.series = series;
            this.random = random;
        }

        void recordBefore(long untilMillis) {
            while (stretch < series.stretches().size()) {
                TestSeries.Stretch now = series.stretches().get(stretch);
                for (; event < now.events(); event++) {
                    long atMillis = stretchBeginMillis + (long) (event * now.everyMillis());
                    if (atMillis >= untilMillis) {
                        return;
                    }
                    record(now, test.beginMillis() + atMillis);
                }
                if (stretchBeginMillis + now.lengthMillis() > untilMillis) {
                    return;
                }
                stretchBeginMillis += now.lengthMillis();
                stretch++;
                event = 0;
            }
        }

        private void record(TestSeries.Stretch now, long atMillis) {
            double width = now.to() - now.from();
            if (series.key().kind() != SeriesKind.OUTCOME) {
                double way = now.events() == 1 ? 0 : (double) event / (now.events() - 1);
                builder.measurement(series.key(), atMillis, now.from() + width * way);
                return;
            }
            double latency = width == 0 ? now.from() : now.from() + width * random.nextDouble();
            boolean fails = Math.floor((event + 1) * now.failing()) > Math.floor(event * now.failing());
            builder.outcome(series.key(), atMillis, latency, fails, fails ? now.error() : "");
        }
    }
}
