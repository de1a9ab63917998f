/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Everything that is wrong, so that all of it is told at once. Not thread-safe. */
final class Problems {
    /** A key further from what was written than this share of its length was not meant. */
    private static final double FAR = 0.5;

    private final List<String> found = new ArrayList<>();

    /**
     * @param where "collector.yaml line 3", "environment variable MONITORING_GRPC_PORT", "command line"
     */
    void add(String key, String what, String where) {
        found.add(key + " " + what + " (" + where + ")");
    }

    void unknown(String key, Collection<String> known, String where) {
        add(
                key,
                "is not known"
                        + nearest(key, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; allowed are " + String.join(", ", known)),
                where);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }

    private static Optional<String> nearest(String key, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(k -> distance(key, k)))
                .filter(k -> distance(key, k) <= FAR * k.length());
    }

    /** Letters to insert, delete or replace. Wagner and Fischer, "The string-to-string correction problem", 1974. */
    private static int distance(String a, String b) {
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
