/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.rule.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that is wrong, so that all of it is told at once. Not thread-safe. */
final class Problems {
    private record Problem(String key, String what, String where) {
        private static final Pattern LINE = Pattern.compile(" line (\\d+)");

        /** Beyond any line: what stands in no file comes after what does. */
        int line() {
            Matcher line = LINE.matcher(where);
            return line.find() ? Integer.parseInt(line.group(1)) : Integer.MAX_VALUE;
        }

        @Override
        public String toString() {
            return key + " " + what + " (" + where + ")";
        }
    }

    private final List<Problem> found = new ArrayList<>();

    /**
     * @param where "collector.yaml line 3", "environment variable MONITORING_GRPC_PORT", "command line"
     */
    void add(String key, String what, String where) {
        found.add(new Problem(key, what, where));
    }

    void unknown(String key, Collection<String> known, String where) {
        add(key, Spelling.unknown(key, known), where);
    }

    /** Whether any is about a key, or about something within it. */
    boolean areAbout(String key) {
        return found.stream()
                .anyMatch(p -> p.key().equals(key)
                        || p.key().startsWith(key + ".")
                        || p.key().startsWith(key + " "));
    }

    void addAll(Problems others) {
        found.addAll(others.found);
    }

    boolean areNone() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    /** All of them, those of the file in its order, to be thrown. */
    ConfigException exception() {
        return new ConfigException(found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(Problem::toString)
                .toList());
    }
}
