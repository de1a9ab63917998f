/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

/**
 * A column of a grid. Immutable.
 *
 * @param heading above it
 * @param right whether it stands to the right, for numbers
 * @param least so wide it is at least, unless it has less to say; without room for that, columns are left out
 * @param most so wide it is at most
 * @param share of the room that is left over; 0: takes none
 * @param keep those with the least are left out first when there is no room
 */
public record Column(String heading, boolean right, int least, int most, int share, int keep) {
    private static final int WIDEST = 1_000;

    /** Exactly so wide. */
    public static Column fixed(String heading, int width, int keep) {
        return new Column(heading, false, width, width, 0, keep);
    }

    /** Numbers: never cut. */
    public static Column number(String heading, int least, int keep) {
        return new Column(heading, true, least, WIDEST, 0, keep);
    }

    /** Text that may be cut down to {@code least}. */
    public static Column text(String heading, int least, int most, int keep) {
        return new Column(heading, false, least, most, 0, keep);
    }

    /** Takes what room is left, in proportion to {@code share}, between {@code least} and {@code most}. */
    public static Column growing(String heading, int least, int most, int share, int keep) {
        return new Column(heading, false, least, most, share, keep);
    }
}
