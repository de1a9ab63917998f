/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

/** What lies over the board. Immutable. */
public sealed interface Overlay {
    /** Nothing. */
    record None() implements Overlay {}

    /** All keys. */
    record Help() implements Overlay {}

    /**
     * An alert in full.
     *
     * @param alertId which
     * @param scroll lines scrolled down
     */
    record Explain(String alertId, int scroll) implements Overlay {}

    /**
     * All that happened.
     *
     * @param back lines scrolled back from the newest
     */
    record Log(int back) implements Overlay {}

    /**
     * Asks whether this alert is to be acknowledged.
     *
     * @param alertId which
     */
    record Confirm(String alertId) implements Overlay {}

    /**
     * What is to go wrong.
     *
     * @param choice as chosen so far
     */
    record Inject(InjectMenu.Choice choice) implements Overlay {}
}
