/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.function.IntFunction;

/**
 * What stands in one column of one line. Immutable.
 *
 * @param tone how it looks
 * @param text what it says, by the width there is
 * @param columns how wide it would like to be
 */
public record Cell(Tone tone, IntFunction<String> text, int columns) {
    /** A text. */
    public static Cell of(Tone tone, String text) {
        return new Cell(tone, width -> text, text.length());
    }

    /** A plain text. */
    public static Cell of(String text) {
        return of(Tone.PLAIN, text);
    }

    /** Something that is drawn as wide as its column is. */
    public static Cell drawn(Tone tone, IntFunction<String> text) {
        return new Cell(tone, text, 0);
    }
}
