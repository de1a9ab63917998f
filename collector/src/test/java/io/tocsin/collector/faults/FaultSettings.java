/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import java.nio.file.Path;

/**
 * How much of a fault is tried: {@code -Dtocsin.faults.trials=N}, {@code .seed=N} (the next that the results file has not for this commit),
 * {@code .seconds=N} (begins no trial after that many; no limit), {@code .results=FILE} ({@code target/faults/results.jsonl}).
 */
record FaultSettings(int trials, long seed, long endNanos, FaultResults results) {

    /** @param trials if nothing is said */
    static FaultSettings of(String fault, int trials) {
        FaultResults results = FaultResults.ofThisRun();
        Long seed = Long.getLong("tocsin.faults.seed");
        return new FaultSettings(
                Integer.getInteger("tocsin.faults.trials", trials),
                seed == null ? results.nextSeed(fault) : seed,
                System.nanoTime() + Long.getLong("tocsin.faults.seconds", 86_400) * 1_000_000_000,
                results);
    }

    /** Where the suite keeps what it makes. */
    static Path workPlace() {
        return Path.of(System.getProperty("basedir", "."), "target", "faults").toAbsolutePath();
    }

    boolean timeIsUp() {
        return System.nanoTime() - endNanos > 0;
    }
}
