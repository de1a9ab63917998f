/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.util.List;

/** The configuration cannot be used. The message is for people and names every problem there is. */
public final class ConfigException extends RuntimeException {
    private final List<String> problems;

    public ConfigException(List<String> problems) {
        super("the configuration has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each names key, value, what is allowed, and where it came from. */
    public List<String> problems() {
        return problems;
    }
}
