/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.journal;

import io.tocsin.benchmarks.Options;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes and forces groups of several sizes in every form there is, each in turn, in the working directory: it must be on a real disk. */
public final class JournalWriteBenchmark {
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final List<Integer> GROUP_BYTES = List.of(10_240, 163_840, 655_360);
    /** Groups that small are forced so often that fewer do. */
    private static final int SMALL_GROUPS_SHARE = 8;

    private JournalWriteBenchmark() {}

    public static Report run(List<String> arguments, Machine machine) throws IOException {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("megabytes", 192);
        defaults.put("rounds", 2);
        Options options = Options.parse(arguments, defaults);
        List<List<Object>> rows = new ArrayList<>();
        for (int round = 1; round <= options.get("rounds"); round++) {
            for (int groupBytes : GROUP_BYTES) {
                for (WriteForm form : WriteForm.values()) {
                    rows.add(row(round, groupBytes, form, options.get("megabytes")));
                }
            }
        }
        return new Report(
                "journal",
                machine,
                options.asMap(),
                List.of("One thread; each group is one write and one force. The first round warms up."),
                List.of(new Table(
                        "writes",
                        List.of(
                                "round",
                                "group bytes",
                                "form",
                                "MB/s",
                                "cpu ns per 10 KiB",
                                "group p50 ms",
                                "group p99 ms",
                                "device bytes per byte"),
                        rows)));
    }

    private static List<Object> row(int round, int groupBytes, WriteForm form, int megabytes) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "journal-benchmark-");
        try {
            long totalBytes = (long) megabytes << 20;
            WriteRun run = WriteRun.of(
                    form,
                    folder,
                    groupBytes,
                    groupBytes == GROUP_BYTES.get(0) ? totalBytes / SMALL_GROUPS_SHARE : totalBytes,
                    SEGMENT_BYTES);
            return List.of(
                    round,
                    groupBytes,
                    form.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    run.megabytesPerSecond(),
                    run.cpuNanosPerBatch(),
                    run.groupMillis().p50(),
                    run.groupMillis().p99(),
                    run.deviceBytesPerByte());
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
