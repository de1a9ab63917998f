/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

/** What a key asks for beyond the screen. Immutable. */
public sealed interface Action {
    /** The end. */
    record Quit() implements Action {}

    /** All of the screen is to be written again. */
    record Redraw() implements Action {}

    /**
     * Somebody takes care.
     *
     * @param alertId of this alert
     */
    record Acknowledge(String alertId) implements Action {}

    /**
     * Something is to go wrong.
     *
     * @param choice what
     */
    record Inject(InjectMenu.Choice choice) implements Action {}
}
