/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a collector is started.
 *
 * @param before words in front of the command {@code java}
 * @param jvm options of the JVM
 * @param environment further variables
 * @param settings {@code monitoring.…=…}
 * @param yaml further sections of the configuration file, below {@code monitoring}
 */
record Launch(
        List<String> before, List<String> jvm, Map<String, String> environment, List<String> settings, String yaml) {
    static final Launch PLAIN = new Launch(List.of(), List.of(), Map.of(), List.of(), "");

    Launch {
        before = List.copyOf(before);
        jvm = List.copyOf(jvm);
        environment = Map.copyOf(environment);
        settings = List.copyOf(settings);
    }

    Launch before(String... words) {
        return new Launch(List.of(words), jvm, environment, settings, yaml);
    }

    Launch jvm(String... options) {
        return new Launch(before, plus(jvm, options), environment, settings, yaml);
    }

    Launch environment(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Launch(before, jvm, more, settings, yaml);
    }

    Launch settings(String... more) {
        return new Launch(before, jvm, environment, plus(settings, more), yaml);
    }

    Launch yaml(String more) {
        return new Launch(before, jvm, environment, settings, yaml + more);
    }

    private static List<String> plus(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
