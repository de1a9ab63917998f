/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.wire.BatchColumns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Some fifteen minutes in which everything happens that an entry can tell: agents come, fail, slow down and fall silent, records come late, tasks miss their deadline, producers
 * are lost and found, rules are set, changed and removed, alerts acknowledged, bounds reached. The same seed gives the same entries.
 */
final class RandomRun {
    static final EngineSettings TIGHT = new EngineSettings(
            10, Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofSeconds(60), 6, 3, 4, Duration.ofMinutes(2));

    private static final String GAUGE = "queue";
    private static final int OUTCOME_IDS = 12;
    private static final int GAUGE_ID = 20;
    private static final int COUNTER_ID = 21;
    private static final long MILLIS = 900_000;

    private final SplittableRandom random;
    private final EngineRig rig;
    private final List<ProducerKey> producers =
            List.of(EngineRig.producer("p"), EngineRig.producer("q"), new ProducerKey("other", "r", 7));
    private long now = EngineRig.T0;
    private long nextTask = 1;

    private RandomRun(long seed, List<DetectorFactory> detectors) {
        this.random = new SplittableRandom(seed);
        this.rig = new EngineRig(TIGHT, detectors);
    }

    static EngineRig with(long seed, List<DetectorFactory> detectors) {
        RandomRun run = new RandomRun(seed, detectors);
        run.begin();
        while (run.now < EngineRig.T0 + MILLIS) {
            run.step();
        }
        return run.rig;
    }

    private void begin() {
        rig.apply(new Entry.Started("test", Map.of(), true));
        producers.forEach(this::define);
        rig.tick(now);
        for (String detector :
                List.of("latency-spike", "error-rate-spike", "throughput-drop", "agent-failure", "outage", "absence")) {
            rig.rule(rule("r-" + detector, detector, Map.of()));
        }
        rig.rule(rule("r-slo", "slo", Map.of("type", "availability", "target", "0.9")));
        rig.rule(rule("r-slow", "slo", Map.of("type", "latency", "target", "0.9", "latency", "0.5")));
        rig.rule(rule("r-high", "threshold", Map.of("statistic", "last", "above", "90")));
        rig.rule(rule("r-records", "retries", Map.of()));
        producers.forEach(producer -> rig.alive(producer, now));
    }

    private void define(ProducerKey producer) {
        List<SeriesDefinition> series = new ArrayList<>();
        for (int id = 0; id < OUTCOME_IDS; id++) {
            series.add(new SeriesDefinition(
                    id,
                    new SeriesKey(
                            EngineRig.METRIC,
                            SeriesKind.OUTCOME,
                            Attributes.of("agent", "a" + id % 6, "task", "t" + id / 6))));
        }
        series.add(
                new SeriesDefinition(GAUGE_ID, new SeriesKey(GAUGE, SeriesKind.GAUGE, Attributes.of("agent", "a0"))));
        series.add(new SeriesDefinition(
                COUNTER_ID, new SeriesKey("tokens", SeriesKind.COUNTER, Attributes.of("agent", "a1"))));
        rig.apply(new Entry.Definitions(
                producer,
                series,
                List.of(new ErrorTypeDefinition(1, "timeout"), new ErrorTypeDefinition(2, "refused"))));
    }

    private void step() {
        int what = random.nextInt(100);
        ProducerKey producer = producers.get(random.nextInt(producers.size()));
        if (what < 70) {
            rig.batch(producer, columns -> fill(columns, random.nextInt(1, 30)));
        } else if (what < 74) {
            liveness(producer);
        } else if (what < 76) {
            changeRule();
        } else if (what < 78) {
            acknowledge();
        } else if (what < 79) {
            rig.apply(new Entry.Refused(producer.tenant(), now - random.nextInt(20_000), now, 3));
        } else if (what < 80) {
            define(producer);
        }
        if (random.nextInt(3) != 0) {
            now += random.nextInt(50) == 0 ? random.nextInt(90_000) : random.nextInt(2_000);
            rig.tick(now);
        }
    }

    private void liveness(ProducerKey producer) {
        Liveness liveness = Liveness.values()[random.nextInt(3)];
        rig.apply(new Entry.LivenessChanged(producer, liveness, now - random.nextInt(3_000)));
        rig.alive(producers.get(random.nextInt(producers.size())), now);
    }

    private void acknowledge() {
        for (Alert open : rig.events.snapshot(EngineRig.TENANT).alerts()) {
            if (random.nextBoolean()) {
                rig.apply(new Entry.AlertAcknowledged(open.tenant(), open.id(), "anna", "at " + now));
            }
        }
    }

    private void changeRule() {
        switch (random.nextInt(5)) {
            case 0 -> rig.apply(new Entry.RuleRemoved(EngineRig.TENANT, "r-outage"));
            case 1 -> rig.rule(rule("r-outage", "outage", Map.of("share", "0.4")));
            case 2 -> rig.rule(rule("z-outage", "outage", Map.of("share", "0.3")));
            case 3 -> rig.rule(rule("a-unknown", "no-such-detector", Map.of()));
            default -> rig.rule(rule("r-latency-spike", "latency-spike", Map.of("quantile", "0.9")));
        }
    }

    /** One agent is ill at a time: each for two minutes, in its own way, and the last one is silent. */
    private void fill(BatchColumns columns, int rows) {
        long phase = (now - EngineRig.T0) / 120_000;
        int ill = (int) (phase % 6);
        for (int row = 0; row < rows; row++) {
            int id = random.nextInt(phase < 4 ? OUTCOME_IDS : 7);
            boolean isIll = id % 6 == ill;
            if (isIll && ill == 5) {
                continue;
            }
            boolean late = random.nextInt(40) == 0;
            long timeMillis = now - (late ? random.nextInt(200_000) : random.nextInt(1_500));
            boolean failed = isIll && ill % 2 == 0 ? random.nextInt(3) > 0 : random.nextInt(60) == 0;
            double seconds = (isIll && ill % 2 == 1 ? 9 : 1) * (0.1 + random.nextDouble() / 10);
            long task = random.nextInt(8) == 0 ? nextTask - random.nextInt(6) : 0;
            boolean traced = random.nextInt(4) == 0;
            columns.addOutcome(
                    id,
                    timeMillis,
                    seconds,
                    failed,
                    failed ? 1 + random.nextInt(2) : 0,
                    Math.max(0, task),
                    traced ? 5 : 0,
                    traced ? random.nextLong() : 0);
        }
        if (random.nextInt(3) == 0) {
            columns.addStart(random.nextInt(3), now, nextTask++, random.nextInt(1, 20_000));
        }
        if (random.nextInt(3) == 0) {
            columns.addMeasurement(GAUGE_ID, now - random.nextInt(3_000), random.nextInt(100));
            columns.addMeasurement(COUNTER_ID, now, random.nextInt(1_000));
        }
    }

    private static Rule rule(String name, String detector, Map<String, String> parameters) {
        boolean peers = detector.equals("agent-failure");
        return new Rule(
                name,
                detector,
                List.of(new RuleInput("", Selector.of(detector.equals("threshold") ? GAUGE : EngineRig.METRIC))),
                peers ? List.of("task") : List.of("agent"),
                peers ? List.of("agent") : List.of(),
                switch (detector) {
                    case "throughput-drop" -> 15_000;
                    case "error-rate-spike" -> 60_000;
                    default -> 10_000;
                },
                parameters,
                detector.equals("absence") ? 5_000 : 0,
                name.equals("r-outage") ? 20_000 : 0,
                30_000,
                1,
                1,
                Optional.empty(),
                Attributes.NONE,
                false,
                "",
                Origin.API);
    }
}
