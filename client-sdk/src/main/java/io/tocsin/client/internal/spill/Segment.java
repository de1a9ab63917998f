/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of batches, and how far it was handed out. Confined to the sender's thread. */
final class Segment {
    private static final Pattern NAME = Pattern.compile("([0-9]{19})-([0-9]{19})\\.batches");

    final Path path;
    /** Sound bytes. */
    long bytes;
    /** Up to here batches were handed out. */
    long readTo;

    long lastSequence;
    long waitingBatches;
    long waitingRows;
    /** When its newest batch was sealed, by the sender's ticks. */
    long newestNanos;

    Segment(Path path) {
        this.path = path;
    }

    boolean isHandedOut() {
        return waitingBatches == 0;
    }

    /** All of it was handed out, whatever is in it. */
    void skipToEnd() {
        readTo = bytes;
        waitingBatches = 0;
        waitingRows = 0;
    }

    /** Sorts by what it begins with, and says how much came before it. */
    static String name(long firstOrdinal, long rowsBefore) {
        return String.format(Locale.ROOT, "%019d-%019d.batches", firstOrdinal, rowsBefore);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static long firstOrdinal(String name) {
        return number(name, 1);
    }

    static long rowsBefore(String name) {
        return number(name, 2);
    }

    private static long number(String name, int group) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(group)) : 0;
    }
}
