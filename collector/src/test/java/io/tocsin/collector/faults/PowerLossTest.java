/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Takes the power away at a random operation on the collector's files: what was not forced is gone, or torn. {@code power-loss.c} stands between the process and its
 * files, so what RocksDB writes natively is lost too. Needs gcc. See {@link CrashLoop} and {@link FaultSettings}.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class PowerLossTest {
    private static final int MAX_OPERATIONS = 500;
    private static final Path SOURCE = Path.of("src", "test", "c", "power-loss.c");

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static ClassPath classes;
    private static Path shim;

    @BeforeAll
    static void make() throws Exception {
        shim = compile(Path.of(System.getProperty("basedir", ".")).resolve(SOURCE), shared.resolve("power-loss.so"));
        classes = ClassPath.behind(List.of(), shared).shared(shared);
    }

    private static Path compile(Path source, Path to) throws IOException, InterruptedException {
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-O1",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-o",
                        to.toString(),
                        source.toString(),
                        "-ldl",
                        "-lpthread")
                .inheritIO()
                .start();
        assertThat(gcc.waitFor(1, TimeUnit.MINUTES) && gcc.exitValue() == 0)
                .as("gcc made " + to)
                .isTrue();
        return to;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void losesNothingThatWasAcknowledged(boolean torn) throws Exception {
        String fault = torn ? "power loss, torn" : "power loss";
        new CrashLoop(folder, fault, classes, FaultSettings.of(fault, 10)).run(new CrashLoop.Fault() {
            @Override
            public Launch launch(Path disk, SplittableRandom random) {
                Launch launch = Launch.PLAIN
                        .environment("LD_PRELOAD", shim.toString())
                        .environment("POWER_LOSS_BELOW", disk.toString())
                        .environment("POWER_LOSS_AT", Integer.toString(random.nextInt(1, MAX_OPERATIONS + 1)));
                return torn ? launch.environment("POWER_LOSS_TORN", Long.toString(random.nextLong() >>> 1)) : launch;
            }
        });
    }
}
