/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file with one line of JSON for each run of a fault, so that runs of the same code add up. */
public final class FaultResults {
    /** What decides how a collector behaves; a commit that leaves these alone is the same code. */
    private static final List<String> CODE = List.of(
            "collector/src/main",
            "proto/src/main",
            "wire/src/main",
            "detectors-spi/src/main",
            "detectors-builtin/src/main");

    private final Path file;
    private final Path root = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    private final String commit;

    /** {@code -Dtocsin.faults.results=FILE}; {@code target/faults/results.jsonl}. */
    public static FaultResults ofThisRun() {
        return new FaultResults(Path.of(System.getProperty(
                "tocsin.faults.results",
                FaultSettings.workPlace().resolve("results.jsonl").toString())));
    }

    private FaultResults(Path file) {
        this.file = file;
        this.commit = commit();
    }

    /** The commit that changed the collector last; with a plus, if that was changed since. */
    private String commit() {
        String last = git("log", "-1", "--format=%h", "--abbrev=12");
        return git("status", "--porcelain").isEmpty() ? last : last + "+";
    }

    private String git(String... command) {
        try {
            List<String> whole =
                    new ArrayList<>(List.of("git", "-C", root.resolve("..").toString()));
            whole.addAll(List.of(command));
            whole.add("--");
            whole.addAll(CODE);
            Process process = new ProcessBuilder(whole).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said.strip() : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    /** 1, or one more than the highest that was run of this fault and commit. */
    long nextSeed(String fault) {
        long highest = 0;
        for (JsonObject run : runs(file)) {
            if (run.get("fault").getAsString().equals(fault)
                    && run.get("commit").getAsString().equals(commit)) {
                highest = Math.max(highest, run.get("seed").getAsLong());
            }
        }
        return highest + 1;
    }

    /** Tests go side by side. */
    private static synchronized void append(Path file, String line) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized List<JsonObject> runs(Path file) {
        try {
            return !Files.exists(file)
                    ? List.of()
                    : Files.readAllLines(file).stream()
                            .filter(line -> !line.isBlank())
                            .map(line -> JsonParser.parseString(line).getAsJsonObject())
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Appends a run.
     *
     * @param figures further counts
     * @param recoveryMillis from the start of each process that followed a fault until it took calls
     */
    public void add(
            String fault,
            long seed,
            int trials,
            LedgerAudit audit,
            Map<String, Long> figures,
            List<Long> recoveryMillis) {
        JsonObject run = new JsonObject();
        run.addProperty("fault", fault);
        run.addProperty("commit", commit);
        run.addProperty("seed", seed);
        run.addProperty("trials", trials);
        run.addProperty("lost", audit.lost());
        run.addProperty("dup", audit.dup());
        run.addProperty("phantom", audit.phantom());
        figures.forEach(run::addProperty);
        JsonArray recoveries = new JsonArray();
        recoveryMillis.forEach(recoveries::add);
        run.add("recovery_ms", recoveries);
        run.addProperty(
                "machine",
                System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        run.addProperty("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        run.addProperty("at", Instant.now().toString());
        append(file, run + "\n");
        run.remove("recovery_ms");
        System.out.println("FAULTS " + run);
    }
}
