/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.plugin.Plugins;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointSmokeTest {
    @Test
    void anEngineIsSavedAndAnotherBeginsFromIt() throws Exception {
        try (Plugins plugins = Plugins.load(Path.of("no-plugins"), "test")) {
            List<Object> row = CheckpointBenchmark.row(plugins, 50, 20, 2);

            assertThat(row.get(0)).isEqualTo(50);
            assertThat((double) row.get(4)).as("megabytes").isPositive();
        }
    }
}
