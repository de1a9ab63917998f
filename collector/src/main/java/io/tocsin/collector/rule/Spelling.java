/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what was meant by a word that is not known. Stateless. */
public final class Spelling {
    /** A word further from what was written than this share of its length was not meant. */
    private static final double FAR = 0.5;

    private Spelling() {}

    /** The known word nearest to {@code word}; empty if none is near. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(k -> distance(word, k)))
                .filter(k -> distance(word, k) <= FAR * k.length());
    }

    /** What to tell of {@code word}: the nearest, or all that are known. */
    public static String unknown(String word, Collection<String> known) {
        return "is not known"
                + nearest(word, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; allowed are " + String.join(", ", known));
    }

    /** Letters to insert, delete or replace. Wagner and Fischer, "The string-to-string correction problem", 1974. */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
