/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * On what a figure was measured, without which it says nothing. Immutable.
 *
 * @param cpu model, as the system names it
 * @param cores that this process may use
 * @param jvm name and version
 * @param commit of the sources, "-dirty" behind it if they were changed
 * @param date when, UTC
 * @param load of the machine in the last minute before it began; negative if unknown
 */
public record Machine(String cpu, int cores, String jvm, String commit, String date, double load) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    /** This one, now; the commit is what {@code -Dtocsin.benchmarks.commit} says. */
    public static Machine here(InstantSource clock) {
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                System.getProperty("tocsin.benchmarks.commit", "unknown"),
                clock.instant().toString(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // no such file here: the architecture must do
        }
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cpu", cpu);
        fields.put("cores", cores);
        fields.put("jvm", jvm);
        fields.put("commit", commit);
        fields.put("date", date);
        fields.put("load_before", load);
        return fields;
    }
}
