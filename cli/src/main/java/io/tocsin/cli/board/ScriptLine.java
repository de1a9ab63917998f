/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import java.util.Optional;

/**
 * An incident of the demo, and what became of it. Immutable; times are milliseconds since 1970 UTC.
 *
 * @param number counted from 1
 * @param what kind and size
 * @param where its place
 * @param startMillis when it begins
 * @param endMillis when it is over
 * @param byHand whether the person asked for it
 * @param foundBy the alert that found it; empty: none yet
 * @param delayMillis from its begin to that alert
 */
public record ScriptLine(
        int number,
        String what,
        String where,
        long startMillis,
        long endMillis,
        boolean byHand,
        Optional<String> foundBy,
        Optional<Long> delayMillis) {}
