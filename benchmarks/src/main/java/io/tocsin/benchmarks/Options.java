/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of a benchmark, as {@code --name N}: whole numbers with defaults, and whatever is not known is refused. Immutable. */
public final class Options {
    private final Map<String, Integer> values;

    private Options(Map<String, Integer> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException for a name that has no default, or what is no number of 0 or more */
    public static Options parse(List<String> arguments, Map<String, Integer> defaults) {
        Map<String, Integer> values = new LinkedHashMap<>(defaults);
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i).replaceFirst("^--", "");
            if (!defaults.containsKey(name) || !arguments.get(i).startsWith("--")) {
                throw new IllegalArgumentException("option must be one of --" + String.join(", --", defaults.keySet())
                        + ", was " + arguments.get(i));
            }
            String text = i + 1 < arguments.size() ? arguments.get(i + 1) : "missing";
            if (!text.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException("--" + name + " must be a number of 0 or more, was " + text);
            }
            values.put(name, Integer.parseInt(text));
        }
        return new Options(values);
    }

    public int get(String name) {
        Integer value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no option --" + name);
        }
        return value;
    }

    /** All, for the report. */
    public Map<String, Object> asMap() {
        return new LinkedHashMap<>(values);
    }
}
