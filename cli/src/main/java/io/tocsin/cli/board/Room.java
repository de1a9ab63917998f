/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

/**
 * The room that a pane has. Immutable.
 *
 * @param columns none of its lines is wider
 * @param rows it has no more lines
 * @param compact whether lines are scarce: its title stands in the line of its columns' headings then
 */
record Room(int columns, int rows, boolean compact) {
    /** Lines before the first of its own. */
    int headings() {
        return compact ? 1 : 2;
    }
}
