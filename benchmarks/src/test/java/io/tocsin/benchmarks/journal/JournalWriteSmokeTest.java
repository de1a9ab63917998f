/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalWriteSmokeTest {
    @ParameterizedTest
    @EnumSource(names = {"GROWING", "SPARSE", "ZEROED", "WRITTEN_OVER"})
    void everyGroupIsWritten(WriteForm form, @TempDir Path folder) throws Exception {
        WriteRun run = WriteRun.of(form, folder, 10_240, 20 * 10_240, 1 << 20);

        assertThat(run.groupMillis().n()).isEqualTo(20);
        assertThat(Files.size(folder.resolve("segment-0"))).isGreaterThanOrEqualTo(20 * 10_240);
    }
}
