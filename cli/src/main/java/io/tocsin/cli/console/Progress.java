/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;

/**
 * How far a long command is: a bar that is written over where a person watches, else a line now and then. Not
 * thread-safe.
 */
public final class Progress {
    private static final long BAR_EVERY_MILLIS = 100;
    private static final long LINE_EVERY_MILLIS = 5_000;
    private static final int BAR_WIDTH = 30;

    private final PrintWriter err;
    private final boolean terminal;
    private final InstantSource clock;
    private long shownMillis;
    private int shownLength;

    /** Writes to the console's {@code err}. */
    public Progress(Console console, InstantSource clock) {
        this.err = console.err();
        this.terminal = console.errIsTerminal();
        this.clock = clock;
        this.shownMillis = clock.millis();
    }

    /** Shows it, if something was not shown just before. {@code share} is 0 to 1, negative when unknown. */
    public void show(double share, String text) {
        long now = clock.millis();
        if (now - shownMillis < (terminal ? BAR_EVERY_MILLIS : LINE_EVERY_MILLIS)) {
            return;
        }
        shownMillis = now;
        String percent = share < 0 ? "" : String.format(Locale.ROOT, "%3.0f %%  ", 100 * Math.min(1, share));
        if (!terminal) {
            err.println(percent + text);
            return;
        }
        String line = (share < 0 ? "" : bar(share)) + percent + text;
        err.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
        err.flush();
        shownLength = line.length();
    }

    /** Takes the bar away, so that something else can be written. */
    public void clear() {
        if (terminal && shownLength > 0) {
            err.print("\r" + " ".repeat(shownLength) + "\r");
            err.flush();
            shownLength = 0;
        }
    }

    private static String bar(double share) {
        int full = (int) Math.round(BAR_WIDTH * Math.min(1, share));
        return "█".repeat(full) + "░".repeat(BAR_WIDTH - full) + "  ";
    }
}
