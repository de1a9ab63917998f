/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.segment.DurableFolder;
import io.tocsin.collector.journal.segment.SegmentLog;
import io.tocsin.collector.journal.segment.SegmentLogSettings;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.rule.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestsTest {
    @TempDir
    Path folder;

    private DataDirectory.Folders folders() {
        return DataDirectory.folders(folder, 0);
    }

    private Backtests backtests() throws IOException {
        Past past = new Past(Past.above("deep", 80, Origin.FILE))
                .seconds(900, Map.of("a", 5))
                .seconds(60, Map.of("a", 100));
        SegmentLog log =
                SegmentLog.open(DurableFolder.create(folders().journal()), SegmentLogSettings.DEFAULTS, bytes -> {});
        for (Entry entry : past.entries) {
            log.append(entry);
        }
        log.force();
        log.close();
        return new Backtests(EngineSettings.DEFAULTS, Past.BUILT_INS, Map.of(0, folders()));
    }

    /** Waits with each step until it may go on. */
    private static final class Slow implements Backtests.Caller {
        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final AtomicReference<BacktestResult> result = new AtomicReference<>();
        final AtomicReference<Exception> failure = new AtomicReference<>();
        final AtomicLong steps = new AtomicLong();
        volatile boolean gone;

        @Override
        public boolean isGone() {
            return gone;
        }

        @Override
        public void come(long entries, long records, double share, long engineMillis) {
            steps.incrementAndGet();
            try {
                mayGoOn.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void done(BacktestResult found) {
            result.set(found);
        }

        @Override
        public void failed(Exception e) {
            failure.set(e);
        }
    }

    private static boolean start(Backtests backtests, Slow caller) {
        return backtests.start(0, Long.MAX_VALUE, RulePlan.asWritten(), Period.ALL, Past.TENANT, caller);
    }

    @Test
    void oneAtATime() throws IOException {
        Backtests backtests = backtests();
        Slow first = new Slow();
        assertThat(start(backtests, first)).isTrue();
        assertThat(start(backtests, new Slow())).isFalse();

        first.mayGoOn.countDown();
        await().until(() -> first.result.get() != null);
        assertThat(first.result.get().count(Compared.Verdict.SAME)).isEqualTo(1);
        Slow next = new Slow();
        next.mayGoOn.countDown();
        await().until(() -> start(backtests, next));
        await().until(() -> next.result.get() != null);
    }

    @Test
    void aCallerWhoGoesEndsIt() throws IOException {
        Backtests backtests = backtests();
        Slow goes = new Slow();
        assertThat(start(backtests, goes)).isTrue();
        await().until(() -> goes.steps.get() == 1);
        goes.gone = true;
        goes.mayGoOn.countDown();

        Slow next = new Slow();
        next.mayGoOn.countDown();
        await().until(() -> start(backtests, next));
        assertThat(goes.steps).hasValue(1);
        assertThat(goes.result).hasValue(null);
        assertThat(goes.failure).hasValue(null);
        await().until(() -> next.result.get() != null);
    }

    @Test
    void whatCannotBeReadIsTold() throws IOException {
        Backtests backtests = new Backtests(EngineSettings.DEFAULTS, Past.BUILT_INS, Map.of(0, folders()));
        Slow caller = new Slow();
        assertThat(start(backtests, caller)).isTrue();
        await().until(() -> caller.failure.get() != null);
        assertThat(caller.failure.get()).hasMessageContaining("there is no journal in");
        assertThatThrownBy(() -> backtests.start(7, 1, RulePlan.asWritten(), Period.ALL, Past.TENANT, caller))
                .hasMessageContaining("partition 7 has no journal on disk");
    }
}
