/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import io.tocsin.client.TocsinClient;
import io.tocsin.client.WhenFull;
import io.tocsin.collector.faults.SdkLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A pushing service with a spill, to be killed: {@code SpillingHost ENDPOINT SPILL NAME}. Says "kept N" once the records of its first N agents are in the spill or
 * acknowledged, and records on.
 */
final class SpillingHost {
    private SpillingHost() {}

    public static void main(String[] args) throws InterruptedException {
        SdkLedger ledger = new SdkLedger(args[2], InstantSource.system());
        TocsinClient tocsin = TocsinClient.builder()
                .endpoint(args[0])
                .producer(args[2])
                .spillDirectory(Path.of(args[1]))
                .whenFull(WhenFull.WAIT)
                .maxBatchRecords(20)
                .maxBatchDelay(Duration.ofMillis(5))
                .build();
        while (true) {
            ledger.recordAgent(tocsin);
            while (tocsin.balance().queued() > tocsin.spill().orElseThrow().records()) {
                Thread.sleep(1);
            }
            if (tocsin.spill().orElseThrow().unspilledRecords() > 0) {
                throw new IllegalStateException(tocsin.spill().toString());
            }
            System.out.println("kept " + ledger.agents());
        }
    }
}
