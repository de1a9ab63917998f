/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

/** From one time to another, both in it; milliseconds since the test begins. */
record Between(long fromMillis, long toMillis) {
    boolean holds(long millis) {
        return millis >= fromMillis && millis <= toMillis;
    }

    @Override
    public String toString() {
        return fromMillis == toMillis
                ? "at " + Offsets.text(fromMillis)
                : "from " + Offsets.text(fromMillis) + " to " + Offsets.text(toMillis);
    }
}
