/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import java.util.List;

/**
 * How a demo stands. Immutable; times are milliseconds since 1970 UTC.
 *
 * @param seed of its script
 * @param startMillis when it began
 * @param endMillis when its script is over
 * @param openEnd whether it goes on after its script
 * @param ackedRecords records that the collector has acknowledged
 * @param graceMillis an incident that was not found so long after its end is missed
 * @param script its incidents, by time
 */
public record DemoStatus(
        long seed,
        long startMillis,
        long endMillis,
        boolean openEnd,
        long ackedRecords,
        long graceMillis,
        List<ScriptLine> script) {
    public DemoStatus {
        script = List.copyOf(script);
    }
}
