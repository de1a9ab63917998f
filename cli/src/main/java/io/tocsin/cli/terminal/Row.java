/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** A line of the screen in the making. Widths are columns of the terminal. Confined to one thread. */
public final class Row {
    private final Look look;
    private final AttributedStringBuilder text = new AttributedStringBuilder();

    /** Empty. */
    public Row(Look look) {
        this.look = look;
    }

    /** An empty line. */
    public static AttributedString empty() {
        return AttributedString.EMPTY;
    }

    /** One text, cut to a width. */
    public static AttributedString of(Look look, Tone tone, String text, int width) {
        return new Row(look).add(tone, text).cut(width);
    }

    /** Adds text. */
    @CanIgnoreReturnValue
    public Row add(Tone tone, String more) {
        text.append(look.text(tone, more));
        return this;
    }

    /** Adds what is already made. */
    @CanIgnoreReturnValue
    public Row add(AttributedString more) {
        text.append(more);
        return this;
    }

    /** Adds spaces up to this column, at least none. */
    @CanIgnoreReturnValue
    public Row padTo(int column) {
        text.append(" ".repeat(Math.max(0, column - width())));
        return this;
    }

    /** Columns so far. */
    public int width() {
        return text.columnLength();
    }

    /** The line, at most so wide; with an ellipsis if something was cut. */
    public AttributedString cut(int width) {
        return cut(look, text.toAttributedString(), width);
    }

    /** This on the left and {@code right} at the right end; where both do not fit, the left is cut. */
    public AttributedString with(AttributedString right, int width) {
        int room = width - right.columnLength() - 1;
        if (room < 1) {
            return cut(width);
        }
        Row whole = new Row(look).add(cut(room)).padTo(room + 1);
        return whole.add(right).cut(width);
    }

    static AttributedString cut(Look look, AttributedString line, int width) {
        if (line.columnLength() <= width) {
            return line;
        }
        if (width < 1) {
            return AttributedString.EMPTY;
        }
        AttributedString kept = line.columnSubSequence(0, width - 1);
        AttributedStringBuilder cut = new AttributedStringBuilder().append(kept);
        return cut.styled(line.styleAt(Math.max(0, kept.length() - 1)), look.ellipsis())
                .toAttributedString();
    }
}
