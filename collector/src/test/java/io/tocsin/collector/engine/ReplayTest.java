/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same journal gives the same events, byte for byte, in another process and on another JDK. */
class ReplayTest {
    @TempDir
    static Path folder;

    private static String live;

    /** Ten minutes of four agents with an outage, a slow spell and a silence, and our own detectors. */
    @BeforeAll
    static void runOnce() throws IOException {
        EngineRig rig = EngineRig.withBuiltIns();
        ProducerKey producer = producer("p");
        rig.tick(T0);
        rig.alive(producer, T0);
        for (String detector :
                List.of("latency-spike", "error-rate-spike", "throughput-drop", "agent-failure", "outage")) {
            rig.rule(rule(detector));
        }
        rig.define(producer, "a", "b", "c", "d");
        SplittableRandom random = new SplittableRandom(42);
        for (int second = 0; second < 1_200; second++) {
            long now = T0 + second * 1_000L;
            for (int id = 0; id < 4; id++) {
                boolean silent = id == 2 && second > 900 && second < 1_000;
                boolean slow = id == 1 && second > 700 && second < 800;
                boolean down = id == 0 && second > 500 && second < 600;
                int count = silent ? 0 : 15 + random.nextInt(10);
                rig.outcomes(
                        producer,
                        id,
                        now,
                        Math.max(1, count),
                        down ? count * 2 / 3 : random.nextInt(200) == 0 ? 1 : 0,
                        (slow ? 5 : 1) * (0.1 + random.nextDouble() / 5));
            }
            rig.tick(now + 1_000);
            if (second % 60 == 59) {
                for (Alert open : rig.events.snapshot(EngineRig.TENANT).alerts()) {
                    rig.apply(new Entry.AlertAcknowledged(EngineRig.TENANT, open.id(), "anna", "at " + second));
                }
            }
        }
        live = JournalReplay.text(rig.eventList());
        JournalReplay.write(rig.entries, folder.resolve("journal"));
    }

    private static Rule rule(String detector) {
        boolean peers = detector.equals("agent-failure");
        return new Rule(
                "r-" + detector,
                detector,
                List.of(new RuleInput("", Selector.of(EngineRig.METRIC))),
                peers ? List.of() : List.of("agent"),
                peers ? List.of("agent") : List.of(),
                10_000,
                Map.of(),
                0,
                0,
                0,
                1,
                1,
                Optional.empty(),
                Attributes.NONE,
                false,
                "",
                Origin.API);
    }

    @Test
    void theIncidentsWereHeard() {
        assertThat(live)
                .contains("r-outage")
                .contains("r-latency-spike")
                .contains("r-error-rate-spike")
                .contains("RESOLVED")
                .contains("ACKNOWLEDGED", "by=anna, note=at 539");
    }

    @Test
    void inAnotherProcess() throws Exception {
        assertThat(replayWith(Path.of(System.getProperty("java.home"), "bin", "java")))
                .isEqualTo(live);
    }

    @Test
    void onEveryOtherJdkThatIsInstalled() throws Exception {
        List<Path> others = otherJdks();
        org.junit.jupiter.api.Assumptions.assumeFalse(
                others.isEmpty(), "skipped: no JDK of another version is installed under /usr/lib/jvm");
        for (Path java : others) {
            assertThat(replayWith(java)).as(java.toString()).isEqualTo(live);
        }
    }

    private static List<Path> otherJdks() throws IOException {
        Path home = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(home)) {
            return List.of();
        }
        String ours = Integer.toString(Runtime.version().feature());
        try (Stream<Path> jdks = Files.list(home)) {
            return jdks.filter(Files::isDirectory)
                    .filter(jdk -> !jdk.getFileName().toString().contains("-" + ours))
                    .map(jdk -> jdk.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .sorted()
                    .toList();
        }
    }

    private static String replayWith(Path java) throws Exception {
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        JournalReplay.class.getName(),
                        folder.resolve("journal").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
