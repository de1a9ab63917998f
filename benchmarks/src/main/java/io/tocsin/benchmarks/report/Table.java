/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures in rows. Cells are texts, whole numbers, decimals, {@link Spread}s. Immutable.
 *
 * @param title of the section
 * @param columns with their units
 * @param rows as long as {@code columns} each
 */
public record Table(String title, List<String> columns, List<List<Object>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        title + ": a row must have " + columns.size() + " cells, has " + row.size() + ": " + row);
            }
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder("## " + title + "\n\n");
        text.append("| ").append(String.join(" | ", columns)).append(" |\n");
        text.append("|---".repeat(columns.size())).append("|\n");
        for (List<Object> row : rows) {
            text.append("| ")
                    .append(String.join(" | ", row.stream().map(Table::cell).toList()))
                    .append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static String cell(Object value) {
        if (value instanceof Spread spread) {
            return spread.text();
        }
        return value instanceof Double figure ? Figures.text(figure) : value.toString();
    }

    List<Map<String, Object>> byColumn() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (List<Object> row : rows) {
            Map<String, Object> named = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                named.put(columns.get(i), row.get(i));
            }
            all.add(named);
        }
        return all;
    }
}
