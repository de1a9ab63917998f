/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

/** Keys. */
public enum KeyName {
    /** Writes a sign. */
    SIGN,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    TAB,
    ESCAPE,
    /** Ctrl-C, or the terminal is gone. */
    INTERRUPT,
    /** Ctrl-L. */
    REDRAW,
    /** None of these. */
    OTHER
}
