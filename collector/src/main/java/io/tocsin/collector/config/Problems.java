/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.rule.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Everything that is wrong, so that all of it is told at once. Not thread-safe. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    /**
     * @param where "collector.yaml line 3", "environment variable MONITORING_GRPC_PORT", "command line"
     */
    void add(String key, String what, String where) {
        found.add(key + " " + what + " (" + where + ")");
    }

    void unknown(String key, Collection<String> known, String where) {
        add(key, Spelling.unknown(key, known), where);
    }

    /** Whether any is about a key, or about something within it. */
    boolean areAbout(String key) {
        return found.stream().anyMatch(p -> p.startsWith(key + " ") || p.startsWith(key + "."));
    }

    void addAll(Problems others) {
        found.addAll(others.found);
    }

    boolean areNone() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }
}
