/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Halts the collector at each of {@link HaltPoints}, one of the first times that it comes there under load. See {@link CrashLoop} and {@link FaultSettings}. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class HaltedCollectorTest {
    /** How often a collector may come by before it halts. */
    private static final int MAX_TIMES = 150;

    private static final int MAX_CHECKPOINTS = 3;

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
                .filter(name -> !HaltPoints.isOfNotification(name))
                .filter(name -> name.contains(only))
                .toList();
    }

    private static int maxTimes(String point) {
        if (HaltPoints.isRare(point)) {
            return 1;
        }
        return HaltPoints.isOfCheckpoint(point) ? MAX_CHECKPOINTS : MAX_TIMES;
    }

    @ParameterizedTest
    @MethodSource("points")
    void losesNothingCountsNothingTwiceAndInventsNothing(String point) throws Exception {
        String fault = "halt " + point;
        new CrashLoop(folder, fault, classes, FaultSettings.of(fault, 2)).run(new CrashLoop.Fault() {
            @Override
            public Launch launch(Path disk, SplittableRandom random) {
                return Halt.launch(usual(), point, random.nextInt(1, maxTimes(point) + 1));
            }

            @Override
            public Launch usual() {
                // the shortest that may be set
                return HaltPoints.isOfCheckpoint(point)
                        ? Launch.PLAIN.settings("monitoring.checkpoints.every=1s")
                        : Launch.PLAIN;
            }

            @Override
            public boolean hasLoadBetween() {
                return HaltPoints.isRare(point);
            }
        });
    }
}
