/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets a collector end badly over and over, while a producer in another process, this one, writes down what it sent and what was acknowledged, and a subscriber
 * goes on from its cursor. Then LOST (acknowledged and not counted), DUP (counted twice) and PHANTOM (counted and never sent) must be 0, and what the
 * subscriber saw must be what the collector tells now, and what a backtest over its journal gives.
 *
 * <p>Trials come in rounds of {@value #ROUND_TRIALS} with a directory each.
 */
final class CrashLoop {
    /** How a collector ends. */
    interface Fault {
        Launch launch(Path disk, SplittableRandom random);

        /** How collectors are started that do not end by the fault. */
        default Launch usual() {
            return Launch.PLAIN;
        }

        default Moment strikes(SplittableRandom random) {
            return Moment.NEVER;
        }

        /** Whether a collector takes load between two that end, and is killed: for places that are passed before any load. */
        default boolean hasLoadBetween() {
            return false;
        }

        /** What else was lost, doubled or invented. All is acknowledged, and a collector that works is there. */
        default LedgerAudit judge(Witness witness) {
            return LedgerAudit.CLEAN;
        }

        /** Further counts of its own, of all rounds. */
        default Map<String, Long> figures() {
            return Map.of();
        }
    }

    /** Killed a while after its first acknowledgement. */
    private record Between(Launch usual) implements Fault {
        @Override
        public Launch launch(Path disk, SplittableRandom random) {
            return usual;
        }

        @Override
        public Moment strikes(SplittableRandom random) {
            return new Moment(Moment.Since.ACKNOWLEDGED, random.nextInt(300));
        }
    }

    /** When a collector is killed from outside: so long after the time. */
    record Moment(Since since, long millis) {
        /** It dies by itself. */
        static final Moment NEVER = new Moment(Since.READY, Long.MAX_VALUE);

        enum Since {
            START,
            READY,
            /** The first acknowledgement of this collector. */
            ACKNOWLEDGED
        }
    }

    private static final int ROUND_TRIALS = 50;
    /** A collector that was to die by itself and has not after this long did not come to the place. */
    private static final long MAX_LIFE_MILLIS = 60_000;

    private final Path folder;
    private final String name;
    private final ClassPath classes;
    private final FaultSettings settings;
    private final SplittableRandom random;
    private final List<Long> recoveryMillis = new ArrayList<>();
    private volatile String grpc = "127.0.0.1:1";
    private int done;
    private long batches;
    private long acknowledged;
    private long resent;
    private long events;
    private long replayed;
    private LedgerAudit audit = LedgerAudit.CLEAN;

    CrashLoop(Path folder, String name, ClassPath classes, FaultSettings settings) {
        this.folder = folder;
        this.name = name;
        this.classes = classes;
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
    }

    /** Where the collector of now listens, or the one before if that is not ready yet. */
    String grpc() {
        return grpc;
    }

    /** All trials; writes the figures down, then judges them. */
    void run(Fault fault) throws Exception {
        for (int round = 0; done < settings.trials() && !settings.timeIsUp(); round++) {
            round(fault, Files.createDirectories(folder.resolve("round-" + round)));
        }
        Map<String, Long> figures = new TreeMap<>(fault.figures());
        figures.putAll(Map.of(
                "batches", batches, "acked", acknowledged, "resent", resent, "events", events, "replayed", replayed));
        settings.results().add(name, settings.seed(), done, audit, figures, recoveryMillis);
        assertThat(audit).as("seed " + settings.seed()).isEqualTo(LedgerAudit.CLEAN);
        assertThat(done).isPositive();
    }

    private void round(Fault fault, Path place) throws Exception {
        LedgerProducer producer = new LedgerProducer("p", () -> grpc);
        Thread producing = new Thread(producer, "producer");
        Witness witness = new Witness();
        producing.start();
        try {
            for (int trial = 0; trial < ROUND_TRIALS && done < settings.trials() && !settings.timeIsUp(); trial++) {
                trial(fault, place, producer, witness);
                if (fault.hasLoadBetween()) {
                    trial(new Between(fault.usual()), place, producer, witness);
                }
                done++;
            }
            try (CollectorProcess last = CollectorProcess.start(place, classes, fault.usual())) {
                assertThat(last.awaitReady()).as(last.said()).isTrue();
                grpc = last.grpc();
                recoveryMillis.add(last.startMillis());
                producer.stop();
                producing.join(TimeUnit.MINUTES.toMillis(1));
                assertThat(producing.isAlive())
                        .as("everything is acknowledged in the end")
                        .isFalse();
                judge(fault, last, producer, witness);
                assertThat(last.stop(TimeUnit.SECONDS.toMillis(20)))
                        .as("stops by itself")
                        .isTrue();
            }
            replayed += ReplayAudit.compare(place, fault.usual(), witness);
        } finally {
            producing.interrupt();
        }
    }

    private void trial(Fault fault, Path place, LedgerProducer producer, Witness witness) throws Exception {
        Moment strikes = fault.strikes(random);
        boolean hasJournal = Files.exists(CollectorProcess.disk(place));
        try (CollectorProcess collector =
                CollectorProcess.start(place, classes, fault.launch(CollectorProcess.disk(place), random))) {
            if (strikes.since() == Moment.Since.START) {
                collector.awaitEnd(strikes.millis());
            } else if (collector.awaitReady()) {
                grpc = collector.grpc();
                if (hasJournal) {
                    recoveryMillis.add(collector.startMillis());
                }
                ManagedChannel channel = channel(collector);
                try {
                    witness.watch(channel, () -> collector.isAlive() && !isTime(strikes, collector, producer));
                } finally {
                    channel.shutdownNow();
                }
            }
            if (collector.isAlive()) {
                assertThat(strikes).as("does not end by itself").isNotEqualTo(Moment.NEVER);
                collector.kill();
            } else if (strikes.equals(Moment.NEVER)) {
                assertThat(collector.exitCode()).as(collector.said()).isEqualTo(Halt.EXIT_CODE);
            }
        }
    }

    private static boolean isTime(Moment strikes, CollectorProcess collector, LedgerProducer producer) {
        long up = collector.upMillis();
        if (up > collector.startMillis() + MAX_LIFE_MILLIS) {
            return true;
        }
        long since = collector.startMillis();
        if (strikes.since() == Moment.Since.ACKNOWLEDGED) {
            long heard = producer.firstAckNanos(collector.grpc());
            since = heard == 0 ? up : up - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heard);
        }
        return strikes.millis() < up - since;
    }

    private void judge(Fault fault, CollectorProcess collector, LedgerProducer producer, Witness witness) {
        ManagedChannel channel = channel(collector);
        try {
            audit = audit.plus(LedgerAudit.of(channel, producer));
            witness.watchUntilQuiet(channel);
            witness.compareWithAll(channel);
            audit = audit.plus(fault.judge(witness));
        } finally {
            channel.shutdownNow();
        }
        batches += producer.sent();
        acknowledged += producer.acknowledged().size();
        resent += producer.resent();
        events += witness.seen();
        assertThat(producer.refusals()).isEmpty();
        assertThat(producer.acknowledged()).hasSize((int) producer.sent());
    }

    static ManagedChannel channel(CollectorProcess collector) {
        return NettyChannelBuilder.forTarget(collector.grpc())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
    }
}
