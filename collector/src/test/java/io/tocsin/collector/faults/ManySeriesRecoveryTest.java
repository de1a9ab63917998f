/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import io.tocsin.collector.faults.CrashLoop.Moment.Since;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a collector with the rules and the JVM of a plain {@code serve} that knows many series: how long until the next one takes calls. See {@link CrashLoop} and {@link FaultSettings}. */
@Tag("faults")
class ManySeriesRecoveryTest {
    private static final int SERIES = 100_000;
    private static final int OUTCOMES_PER_SECOND = 20_000;
    private static final int LEAST_UP_MILLIS = 5_000;
    private static final int MAX_UP_MILLIS = 30_000;

    @TempDir
    Path folder;

    @Test
    void goesOnWithManySeries() throws Exception {
        String fault = "recovery of 100,000 series";
        CrashLoop loop = new CrashLoop(
                folder, fault, ClassPath.behind(List.of(), folder).shared(folder), FaultSettings.of(fault, 2));
        Thread crowd = new Thread(new Crowd(SERIES, OUTCOMES_PER_SECOND, loop::grpc), "crowd");
        crowd.start();
        try {
            loop.run(new CrashLoop.Fault() {
                @Override
                public Launch launch(Path disk, SplittableRandom random) {
                    return usual();
                }

                @Override
                public Launch usual() {
                    return Launch.PLAIN
                            .jvm("-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC", "-Xmx3g")
                            .settings("monitoring.default-rules=true", "monitoring.series.max=200000");
                }

                @Override
                public CrashLoop.Moment strikes(SplittableRandom random) {
                    return new CrashLoop.Moment(Since.ACKNOWLEDGED, random.nextInt(LEAST_UP_MILLIS, MAX_UP_MILLIS));
                }
            });
        } finally {
            crowd.interrupt();
            crowd.join();
        }
    }
}
