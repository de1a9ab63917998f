/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of a benchmark found. Immutable.
 *
 * @param name of the benchmark, and of its files
 * @param machine on what it ran
 * @param options with which it ran
 * @param summary a few sentences, ratios first
 * @param tables the figures
 */
public record Report(
        String name, Machine machine, Map<String, Object> options, List<String> summary, List<Table> tables) {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    /** Writes NAME.md and NAME.json into the folder, over older ones. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), markdown());
        Files.writeString(folder.resolve(name + ".json"), GSON.toJson(fields()) + "\n");
    }

    /** For people. */
    public String markdown() {
        StringBuilder text = new StringBuilder("# " + name + "\n\n");
        machine.fields()
                .forEach((key, value) -> text.append("- ")
                        .append(key.replace('_', ' '))
                        .append(": ")
                        .append(value)
                        .append('\n'));
        options.forEach((key, value) ->
                text.append("- `").append(key).append("` ").append(value).append('\n'));
        text.append('\n');
        summary.forEach(sentence -> text.append(sentence).append("\n\n"));
        tables.forEach(table -> text.append(table.markdown()));
        return text.toString().stripTrailing() + "\n";
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("machine", machine.fields());
        fields.put("options", options);
        fields.put("summary", summary);
        Map<String, Object> byTitle = new LinkedHashMap<>();
        tables.forEach(table -> byTitle.put(table.title(), table.byColumn()));
        fields.put("tables", byTitle);
        return fields;
    }
}
