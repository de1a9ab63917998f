/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.yaml.YamlFile;
import io.tocsin.cli.yaml.YamlTable;
import io.tocsin.cli.yaml.YamlValue;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads labelled incidents: CSV with the columns from, to, kind and attributes; or YAML with the same keys, and attributes under about. Stateless. */
final class LabelFile {
    private static final List<String> REQUIRED = List.of("from", "to", "kind");
    private static final int MAX_LABELS = 100_000;

    private LabelFile() {}

    static List<Label> read(Path file) {
        String name = file.toString();
        List<Label> labels = name.endsWith(".csv") ? readCsv(file) : readYaml(file);
        if (labels.isEmpty() || labels.size() > MAX_LABELS) {
            throw new CommandFailure(
                    file + " must have 1 to " + MAX_LABELS + " labelled incidents, has " + labels.size());
        }
        return labels;
    }

    private static List<Label> readYaml(Path file) {
        List<Label> labels = new ArrayList<>();
        for (YamlValue value : YamlFile.read(file).items()) {
            YamlTable table = value.table().allow("from", "to", "kind", "about");
            long from = table.require("from").time().toEpochMilli();
            long to = table.require("to").time().toEpochMilli();
            if (to < from) {
                throw value.bad("must not end before it begins");
            }
            labels.add(new Label(
                    from,
                    to,
                    table.require("kind").text(),
                    table.find("about").map(YamlValue::texts).orElse(Map.of())));
        }
        return labels;
    }

    private static List<Label> readCsv(Path file) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        List<Label> labels = new ArrayList<>();
        try (Reader in = Files.newBufferedReader(file);
                CSVParser parser = format.parse(in)) {
            List<String> columns = parser.getHeaderNames();
            if (!columns.containsAll(REQUIRED)) {
                throw new CommandFailure(
                        file + ": columns must be from,to,kind and attributes, were " + String.join(",", columns));
            }
            for (CSVRecord row : parser) {
                labels.add(label(file, parser.getCurrentLineNumber(), columns, row));
            }
            return labels;
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + file, e);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Label label(Path file, long line, List<String> columns, CSVRecord row) {
        if (!row.isConsistent()) {
            throw new CommandFailure(
                    file + " line " + line + " must have " + columns.size() + " cells, has " + row.size());
        }
        Map<String, String> about = new LinkedHashMap<>();
        for (String column : columns) {
            if (!REQUIRED.contains(column) && !row.get(column).isEmpty()) {
                about.put(column, row.get(column));
            }
        }
        long from = millis(file, line, "from", row);
        long to = millis(file, line, "to", row);
        if (to < from) {
            throw new CommandFailure(file + " line " + line + ": must not end before it begins");
        }
        return new Label(from, to, row.get("kind"), about);
    }

    private static long millis(Path file, long line, String column, CSVRecord row) {
        try {
            return Instant.parse(row.get(column)).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new CommandFailure(
                    file + " line " + line + ": " + column + " must be a time like 2026-01-31T12:00:00Z, was \""
                            + row.get(column) + "\"",
                    e);
        }
    }
}
