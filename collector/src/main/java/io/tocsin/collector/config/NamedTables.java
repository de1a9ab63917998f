/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.Yaml.Items;
import io.tocsin.collector.config.Yaml.Table;
import io.tocsin.collector.config.Yaml.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a list of tables that each have a name of their own: rules, SLOs. Confined to one thread. */
final class NamedTables {
    /**
     * One of them.
     *
     * @param path as messages begin: "monitoring.rules[1] (name c)"
     * @param line of the table
     * @param lines of its keys, and of keys within them: "parameters.above"
     */
    record NamedTable(TableReader reader, String path, String file, int line, Map<String, Integer> lines) {}

    private final String path;
    private final String word;
    private final int most;

    /**
     * @param path such as "monitoring.rules"
     * @param word for one of them
     */
    NamedTables(String path, String word, int most) {
        this.path = path;
        this.word = word;
        this.most = most;
    }

    /** In the order of the list; what is no such table is reported and left out. */
    List<NamedTable> read(Yaml list, String file, SecretReader secrets, Problems problems) {
        if (!(list instanceof Items items) || items.items().size() > most) {
            problems.add(
                    path,
                    "must be a list of at most " + most + " " + word + "s, each as \"- name: ...\", was "
                            + (list instanceof Items tooMany
                                    ? "one of " + tooMany.items().size()
                                    : "no list"),
                    file + " line " + list.line());
            return List.of();
        }
        List<NamedTable> tables = new ArrayList<>();
        Map<String, Integer> lineByName = new HashMap<>();
        int index = 0;
        for (Yaml item : items.items()) {
            String numbered = path + "[" + index++ + "]";
            if (!(item instanceof Table table)) {
                problems.add(
                        numbered,
                        "must be a table of keys and values that begins with a name",
                        file + " line " + item.line());
                continue;
            }
            String name = table.entries().get("name") instanceof Text text ? text.text() : "";
            String named = name.isEmpty() ? numbered : numbered + " (name " + name + ")";
            TableReader reader = new TableReader(named, table, file, problems, secrets);
            Integer first = name.isEmpty() ? null : lineByName.putIfAbsent(name, reader.line("name"));
            if (first != null) {
                problems.add(
                        named + ".name",
                        "must be another than that of the " + word + " on line " + first,
                        file + " line " + reader.line("name"));
            }
            Map<String, Integer> lines = new HashMap<>();
            lines("", table, lines);
            tables.add(new NamedTable(reader, named, file, table.line(), Map.copyOf(lines)));
        }
        return tables;
    }

    private static void lines(String path, Table table, Map<String, Integer> into) {
        table.entries().forEach((key, value) -> {
            into.put(path + key, value.line());
            if (value instanceof Table inner) {
                lines(path + key + ".", inner, into);
            }
        });
    }
}
