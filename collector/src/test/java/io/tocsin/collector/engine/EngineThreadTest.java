/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.engine.detection.RuleBoard;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.InMemoryJournal;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.store.InMemoryEventStore;
import io.tocsin.collector.store.InMemorySeriesStore;
import io.tocsin.collector.store.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asks for what the engine has applied, and when they are told. */
class EngineThreadTest {
    private final InMemoryJournal journal = new InMemoryJournal();
    private final EngineThread engine = new EngineThread(
            0,
            new Engine(
                    0,
                    EngineSettings.DEFAULTS,
                    new DetectorCatalog(List.of()),
                    new InMemorySeriesStore(StoreSettings.DEFAULTS),
                    new InMemoryEventStore(StoreSettings.DEFAULTS),
                    new RuleBoard()),
            journal);

    @BeforeEach
    void start() {
        engine.start();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void thoseWhoWaitForAnEntryAreToldOnceItIsApplied() throws Exception {
        CompletableFuture<Void> second = engine.published(2);
        CompletableFuture<Void> first = engine.published(1);
        journal.append(new Entry.Tick(EngineRig.T0));
        journal.force();
        first.get(10, TimeUnit.SECONDS);
        assertThat(second).isNotDone();

        journal.append(new Entry.Tick(EngineRig.T0 + 1));
        journal.force();
        second.get(10, TimeUnit.SECONDS);
    }

    @Test
    void entriesThatNeverComeHoldABoundedNumberOfAskers() throws Exception {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < EngineThread.MAX_WAITING_REQUESTS; i++) {
            waiting.add(engine.published(Long.MAX_VALUE));
        }
        CompletableFuture<Void> oneMore = engine.published(Long.MAX_VALUE);
        assertThatThrownBy(() -> oneMore.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("others wait");

        waiting.get(0).cancel(false);
        CompletableFuture<Void> inItsPlace = engine.published(Long.MAX_VALUE);
        engine.published(0).get(10, TimeUnit.SECONDS);
        assertThat(inItsPlace).isNotDone();
    }

    @Test
    void thoseWhoStillWaitWhenItStopsAreTold() {
        CompletableFuture<Void> never = engine.published(Long.MAX_VALUE);
        engine.close();

        assertThatThrownBy(() -> never.get(10, TimeUnit.SECONDS)).hasMessageContaining("the engine has stopped");
    }
}
