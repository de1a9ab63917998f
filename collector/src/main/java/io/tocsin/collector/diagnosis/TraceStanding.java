/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

/** Tells how the export of traces does; whoever exports them implements it. Thread-safe. */
public interface TraceStanding {
    /** For a collector that exports none. */
    TraceStanding OFF = () -> new Seen(false, "", 0, 0, 0, "");

    Seen read();

    /**
     * At one moment, since the start.
     *
     * @param enabled whether traces are to be exported
     * @param endpoint where to
     * @param exported spans that the other side took
     * @param failed spans that it did not take, or that were dropped
     * @param tracedRecords records that came with a trace id
     * @param lastError what the last failure said; "" if there was none
     */
    record Seen(boolean enabled, String endpoint, long exported, long failed, long tracedRecords, String lastError) {}
}
