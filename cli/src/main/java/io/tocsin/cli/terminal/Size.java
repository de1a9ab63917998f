/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

/**
 * Of a screen. Immutable.
 *
 * @param columns signs in a line, 1 or more
 * @param rows lines, 1 or more
 */
public record Size(int columns, int rows) {
    /** A terminal that does not say is taken for this. */
    public static final Size USUAL = new Size(80, 24);

    public Size {
        if (columns < 1 || rows < 1) {
            throw new IllegalArgumentException("size must be 1x1 or more, was " + columns + "x" + rows);
        }
    }
}
