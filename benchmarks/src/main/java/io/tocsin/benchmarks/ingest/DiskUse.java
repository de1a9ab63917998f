/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * What a collector says of its journal on /metrics.
 *
 * @param payloadBytes of batches
 * @param diskBytes of frames
 * @param forces forced writes
 * @param forceSeconds spent in writing and forcing them
 */
record DiskUse(double payloadBytes, double diskBytes, double forces, double forceSeconds) {

    static DiskUse of(int httpPort) throws IOException, InterruptedException {
        String page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return new DiskUse(
                value(page, "tocsin_journal_bytes_total"),
                value(page, "tocsin_journal_disk_bytes_total"),
                value(page, "tocsin_journal_forces_total"),
                value(page, "tocsin_journal_force_seconds_total"));
    }

    private static double value(String page, String metric) {
        return page.lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    DiskUse since(DiskUse before) {
        return new DiskUse(
                payloadBytes - before.payloadBytes,
                diskBytes - before.diskBytes,
                forces - before.forces,
                forceSeconds - before.forceSeconds);
    }
}
