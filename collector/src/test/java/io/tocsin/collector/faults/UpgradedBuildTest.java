/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A journal whose events were stored and sent by one build is applied by another, which sees other things in it. The older one has stopped and its checkpoints are gone, so all of
 * the journal is the tail. What was sent stays; what differs is counted and told; nothing is lost or doubled.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class UpgradedBuildTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EVENTS = 3;

    @TempDir
    Path folder;

    @Test
    void whatWasSentStaysAndDifferencesAreTold() throws Exception {
        FaultSettings settings = FaultSettings.of("upgrade", 3);
        Path oldPlace = Files.createDirectories(folder.resolve("old"));
        Path newPlace = Files.createDirectories(folder.resolve("new"));
        ClassPath older = ClassPath.behind(List.of(), oldPlace).shared(oldPlace);
        ClassPath newer = ClassPath.behind(List.of(OtherBuild.jar(newPlace.resolve("other.jar"))), newPlace)
                .shared(newPlace);
        LedgerAudit audit = LedgerAudit.CLEAN;
        long different = 0;
        long events = 0;
        List<Long> recoveryMillis = new ArrayList<>();
        int done = 0;
        for (; done < settings.trials() && !settings.timeIsUp(); done++) {
            Path place = Files.createDirectories(folder.resolve("trial-" + done));
            try (LoadedCollector loaded = new LoadedCollector(place, older)) {
                loaded.start(Launch.PLAIN);
                watchFor(loaded, EVENTS);
                assertThat(loaded.collector().stop(TimeUnit.SECONDS.toMillis(60)))
                        .as("stops by itself")
                        .isTrue();
                forgetCheckpoints(place);

                loaded.start(Launch.PLAIN, newer);
                recoveryMillis.add(loaded.collector().startMillis());
                assertThat(loaded.collector().said())
                        .contains("events that were told before are not as this build sees them");
                watchFor(loaded, loaded.events() + 1);
                long ofThis = loaded.metric("tocsin_store_disk_events_different_total");
                assertThat(ofThis).isPositive();
                different += ofThis;
                // compares what the subscriber saw of both with what is told now
                audit = audit.plus(loaded.audit());
                events += loaded.events();
            }
        }
        settings.results()
                .add(
                        "upgrade",
                        settings.seed(),
                        done,
                        audit,
                        Map.of("events", events, "different", different),
                        recoveryMillis);
        assertThat(audit).isEqualTo(LedgerAudit.CLEAN);
        assertThat(done).isPositive();
    }

    private static void watchFor(LoadedCollector loaded, int events) {
        await().pollInSameThread().atMost(PATIENCE).until(() -> {
            loaded.watch(300);
            return loaded.events() >= events;
        });
    }

    private static void forgetCheckpoints(Path place) throws IOException {
        Path checkpoints = CollectorProcess.data(place).resolve("partition-0").resolve("checkpoints");
        try (Stream<Path> files = Files.list(checkpoints)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
