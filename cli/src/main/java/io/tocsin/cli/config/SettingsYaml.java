/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.config;

import io.tocsin.collector.config.SettingValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Settings as a configuration file that says the same, each with who wrote it; what is hidden, has its default or is not set is a
 * comment. Immutable.
 */
final class SettingsYaml {
    private static final String INDENT = "  ";
    /** What YAML reads as the text that it is. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/][A-Za-z0-9 ._/-]*(:[A-Za-z0-9/][A-Za-z0-9._/:-]*)?");

    private final List<SettingValue> values;

    SettingsYaml(List<SettingValue> values) {
        this.values = List.copyOf(values);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (SettingValue value : grouped()) {
            List<String> path = List.of(value.key().split("\\."));
            int common = 0;
            while (common < open.size()
                    && common < path.size() - 1
                    && open.get(common).equals(path.get(common))) {
                common++;
            }
            open.subList(common, open.size()).clear();
            for (String group : path.subList(common, path.size() - 1)) {
                lines.add(INDENT.repeat(open.size()) + group + ":");
                open.add(group);
            }
            lines.add(INDENT.repeat(open.size()) + entry(path.get(path.size() - 1), value));
        }
        return lines;
    }

    /** Those right under a group before its groups, so that each group is opened once. */
    private List<SettingValue> grouped() {
        List<SettingValue> grouped = new ArrayList<>(values);
        grouped.sort(Comparator.comparing((SettingValue value) -> value.key().split("\\.").length > 2)
                .thenComparing(SettingValue::key));
        return grouped;
    }

    private static String entry(String name, SettingValue value) {
        String from = "  # " + value.origin().words();
        if (value.text().isEmpty()) {
            return "# " + name + ":  # not set";
        }
        String text = value.text().get();
        boolean stands = !value.isHidden() && !value.isDefault();
        return (stands ? "" : "# ") + name + ": " + scalar(text) + from;
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
