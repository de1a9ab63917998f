/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Halts the collector around the sending of a notification. Beside what {@link CrashLoop} counts, an event that should be told and never was is lost, one that is told under
 * a second id is doubled, one that is told and never was is invented.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class HaltedNotificationTest {
    private static final int MAX_TIMES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    // each alert by itself: then its notification's id follows from its event alone
    private static final String CHANNEL = """
            channels:
              - {name: pager, type: webhook, url: "%s"}
            routes:
              - {channels: [pager], group-by: [alert], group-wait: 0s, group-interval: 0s, repeat-interval: never}
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static ClassPath classes;

    @BeforeAll
    static void makeClasses() throws Exception {
        Path jar = HaltPoints.jar(shared.resolve("halting.jar"));
        classes = ClassPath.behind(List.of(jar), shared).shared(shared);
    }

    @AfterAll
    static void forget() {
        classes = null;
    }

    static List<String> points() {
        String only = System.getProperty("tocsin.faults.point", "");
        return HaltPoints.names().stream()
                .filter(HaltPoints::isOfNotification)
                .filter(name -> name.contains(only))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("points")
    void missesNothingAndRepeatsUnderTheSameId(String point) throws Exception {
        try (NotificationReceiver receiver = new NotificationReceiver()) {
            new CrashLoop(folder, point, classes, FaultSettings.of(point, 2)).run(new Halting(point, receiver));
            if (point.startsWith("notification sent")) {
                assertThat(receiver.repeats())
                        .as("what nobody noted comes again")
                        .isPositive();
            }
        }
    }

    private record Halting(String point, NotificationReceiver receiver) implements CrashLoop.Fault {
        @Override
        public Launch launch(Path disk, SplittableRandom random) {
            return Halt.launch(usual(), point, random.nextInt(1, MAX_TIMES + 1));
        }

        @Override
        public Launch usual() {
            return Launch.PLAIN.yaml(String.format(CHANNEL, receiver.url()));
        }

        @Override
        public LedgerAudit judge(Witness witness) {
            Set<String> fired = witness.events().stream()
                    .filter(event -> event.getAlert().getState() == AlertState.ALERT_STATE_FIRING)
                    .map(AlertEvent::getId)
                    .collect(Collectors.toSet());
            assertThat(fired).isNotEmpty();
            try {
                await().atMost(PATIENCE).until(() -> receiver.eventIds().containsAll(fired));
            } catch (ConditionTimeoutException e) {
                // counted below
            }
            Set<String> told = receiver.eventIds();
            Set<String> missed = new HashSet<>(fired);
            missed.removeAll(told);
            return new LedgerAudit(missed.size(), receiver.renamed(), invented(told, witness));
        }

        private static long invented(Set<String> told, Witness witness) {
            Set<String> there = witness.events().stream().map(AlertEvent::getId).collect(Collectors.toSet());
            return told.stream().filter(event -> !there.contains(event)).count();
        }

        @Override
        public Map<String, Long> figures() {
            return Map.of("notifications", receiver.notifications(), "repeats", receiver.repeats());
        }
    }
}
