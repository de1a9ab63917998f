/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** What a file of spans says, worked out in the plainest way and with nothing of ours: every value kept, every list sorted. */
final class StraightCount {
    /** Spans by service and second of their end. */
    final Map<String, Map<Long, Long>> bySecond = new TreeMap<>();

    long spans;
    long firstSecond = Long.MAX_VALUE;
    long lastSecond = Long.MIN_VALUE;
    private final Map<String, List<Double>> seconds = new TreeMap<>();

    /** The file must have the columns trace,span,parent,service,operation,start_us,duration_us and no quotes. */
    static StraightCount of(Path gzippedSpans) throws IOException {
        StraightCount count = new StraightCount();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(gzippedSpans)), StandardCharsets.UTF_8))) {
            if (!"trace,span,parent,service,operation,start_us,duration_us".equals(lines.readLine())) {
                throw new IOException(gzippedSpans + " has other columns than this test knows");
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                count.add(cells[3], Long.parseLong(cells[5]), Long.parseLong(cells[6]));
            }
        }
        count.seconds.values().forEach(list -> list.sort(null));
        return count;
    }

    private void add(String service, long startMicros, long durationMicros) {
        long second = Math.floorDiv(startMicros + durationMicros, 1_000_000L);
        spans++;
        firstSecond = Math.min(firstSecond, second);
        lastSecond = Math.max(lastSecond, second);
        bySecond.computeIfAbsent(service, s -> new TreeMap<>()).merge(second, 1L, Long::sum);
        seconds.computeIfAbsent(service, s -> new ArrayList<>()).add(durationMicros / 1e6);
    }

    long count(String service) {
        return seconds.get(service).size();
    }

    /** The duration at rank ⌈q·n⌉, in seconds. */
    double quantile(String service, double q) {
        List<Double> sorted = seconds.get(service);
        return sorted.get((int) Math.ceil(q * sorted.size()) - 1);
    }
}
