/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import io.tocsin.collector.faults.CrashLoop.Moment.Since;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Kills the collector with SIGKILL at random moments under load; one time in ten while it starts, two in ten at once after it. See {@link CrashLoop} and {@link FaultSettings}. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class KilledCollectorTest {
    private static final int MAX_UP_MILLIS = 600;
    private static final int MAX_START_MILLIS = 2_500;

    @TempDir
    Path folder;

    @Test
    void losesNothingCountsNothingTwiceAndInventsNothing() throws Exception {
        FaultSettings settings = FaultSettings.of("kill -9", 25);
        ClassPath classes = ClassPath.behind(List.of(), folder).shared(folder);
        new CrashLoop(folder, "kill -9", classes, settings).run(new CrashLoop.Fault() {
            @Override
            public Launch launch(Path disk, SplittableRandom random) {
                return Launch.PLAIN;
            }

            @Override
            public CrashLoop.Moment strikes(SplittableRandom random) {
                return switch (random.nextInt(10)) {
                    case 0 -> new CrashLoop.Moment(Since.START, random.nextInt(MAX_START_MILLIS));
                    case 1, 2 -> new CrashLoop.Moment(Since.READY, random.nextInt(MAX_UP_MILLIS));
                    default -> new CrashLoop.Moment(Since.ACKNOWLEDGED, random.nextInt(MAX_UP_MILLIS));
                };
            }
        });
    }
}
