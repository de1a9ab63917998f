/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.Yaml.Items;
import io.tocsin.collector.config.Yaml.Table;
import io.tocsin.collector.config.Yaml.Text;
import io.tocsin.collector.rule.Spelling;
import io.tocsin.collector.security.Secret;
import io.tocsin.detectors.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the values of one YAML table, reporting what is wrong by path and line. Not thread-safe. */
final class TableReader {
    private static final Parameter<Duration> DURATION = Parameter.duration("duration", "");

    private final String path;
    private final Table table;
    private final String file;
    private final Problems problems;
    private final SecretReader secrets;

    TableReader(String path, Table table, String file, Problems problems, SecretReader secrets) {
        this.path = path;
        this.table = table;
        this.file = file;
        this.problems = problems;
        this.secrets = secrets;
    }

    void refuseAllBut(List<String> known) {
        Map<String, Integer> lines = new LinkedHashMap<>(table.nothing());
        table.entries().forEach((key, value) -> lines.put(key, value.line()));
        lines.forEach((key, line) -> {
            if (!known.contains(key)) {
                // the whole path is shown, but only its last part can be misspelt here
                problems.add(path + "." + key, Spelling.unknown(key, known), file + " line " + line);
            }
        });
    }

    Optional<String> text(String key) {
        return scalar(key, "a text", text -> text);
    }

    String requiredText(String key) {
        if (!table.entries().containsKey(key)) {
            problem(key, "must be set", table);
        }
        return text(key).orElse("");
    }

    Optional<Long> millis(String key) {
        return scalar(key, DURATION.allowed(), text -> DURATION.parse(text).toMillis());
    }

    Optional<Double> decimal(String key) {
        return scalar(key, "a number", Double::valueOf);
    }

    Optional<Boolean> flag(String key) {
        return scalar(key, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** A secret, or where it is; what is wrong is told without it. */
    Optional<Secret> secret(String key) {
        Yaml value = table.entries().get(key);
        if (value instanceof Text text) {
            try {
                return Optional.of(secrets.convert(text.text()));
            } catch (IllegalArgumentException e) {
                problem(key, String.valueOf(e.getMessage()), value);
            }
        } else if (value != null) {
            problem(key, "must be " + SecretReader.ALLOWED + ", was " + shape(value), value);
        }
        return Optional.empty();
    }

    /** A list of secrets, each as in {@link #secret}; a single one is a list of one. */
    List<Secret> secrets(String key) {
        Yaml value = table.entries().get(key);
        List<Yaml> all = value instanceof Items items ? items.items() : value == null ? List.of() : List.of(value);
        List<Secret> read = new ArrayList<>();
        for (Yaml one : all) {
            if (!(one instanceof Text text)) {
                problem(key, "must be a list of secrets, each " + SecretReader.ALLOWED, one);
                continue;
            }
            try {
                read.add(this.secrets.convert(text.text()));
            } catch (IllegalArgumentException e) {
                problem(key, String.valueOf(e.getMessage()), one);
            }
        }
        return read;
    }

    /** A value that {@code parser} understands, or throws IllegalArgumentException. */
    <T> Optional<T> scalar(String key, String allowed, Function<String, T> parser) {
        Yaml value = table.entries().get(key);
        if (value instanceof Text text) {
            try {
                return Optional.of(parser.apply(text.text()));
            } catch (IllegalArgumentException e) {
                problem(key, "must be " + allowed + ", was \"" + text.text() + "\"", value);
            }
        } else if (value != null) {
            problem(key, "must be " + allowed + ", was " + shape(value), value);
        }
        return Optional.empty();
    }

    /** A list of texts; a single text is a list of one. */
    List<String> texts(String key) {
        Yaml value = table.entries().get(key);
        if (value instanceof Text text) {
            return List.of(text.text());
        }
        if (value instanceof Items items && items.items().stream().allMatch(i -> i instanceof Text)) {
            return items.items().stream().map(i -> ((Text) i).text()).toList();
        }
        if (value != null) {
            problem(key, "must be a list of texts", value);
        }
        return List.of();
    }

    Optional<TableReader> table(String key) {
        return table(key, "");
    }

    /**
     * A table.
     *
     * @param example of one, for who wrote something else; "" if there is none
     */
    Optional<TableReader> table(String key, String example) {
        Yaml value = table.entries().get(key);
        if (value instanceof Table found) {
            return Optional.of(new TableReader(path + "." + key, found, file, problems, secrets));
        }
        if (value != null) {
            String such = example.isEmpty() ? "" : ", such as " + example;
            problem(key, "must be a table of keys and values" + such + "; was " + shape(value), value);
        }
        return Optional.empty();
    }

    /** All values as texts; a list of tables as a detector's parameter writes it. */
    Map<String, String> textsByKey() {
        refuseKeysWithoutValue();
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : keys()) {
            rowsOrText(key).ifPresent(text -> texts.put(key, text));
        }
        return texts;
    }

    /** A text, or a list of tables as a detector's parameter writes it. */
    Optional<String> rowsOrText(String key) {
        return table.entries().get(key) instanceof Items items ? rows(key, items) : text(key);
    }

    /** For tables where a key that is left out means something else than one without a value. */
    void refuseKeysWithoutValue() {
        table.nothing()
                .forEach((key, line) -> problems.add(path + "." + key, "must have a value", file + " line " + line));
    }

    /** Line of a key, else of the table. */
    int line(String key) {
        return table.entries().getOrDefault(key, table).line();
    }

    List<String> keys() {
        return List.copyOf(table.entries().keySet());
    }

    void problem(String key, String what) {
        problem(key, what, table.entries().getOrDefault(key, table));
    }

    /** A list of tables as a detector's parameter writes it: "short=5m long=1h; short=30m long=6h". */
    private Optional<String> rows(String key, Items items) {
        StringBuilder rows = new StringBuilder();
        for (Yaml item : items.items()) {
            if (!(item instanceof Table row)
                    || !row.entries().values().stream().allMatch(v -> v instanceof Text t && isOneWord(t.text()))) {
                problem(key, "must be a value, or a list of tables whose values have no spaces or ';'", item);
                return Optional.empty();
            }
            rows.append(rows.isEmpty() ? "" : "; ");
            row.entries()
                    .forEach((column, cell) -> rows.append(column)
                            .append('=')
                            .append(((Text) cell).text())
                            .append(' '));
            rows.setLength(rows.length() - (row.entries().isEmpty() ? 0 : 1));
        }
        return Optional.of(rows.toString());
    }

    private static boolean isOneWord(String text) {
        return !text.isEmpty() && text.chars().noneMatch(c -> Character.isWhitespace(c) || c == ';');
    }

    private void problem(String key, String what, Yaml value) {
        problems.add(path + "." + key, what, at(value));
    }

    private String at(Yaml value) {
        return file + " line " + value.line();
    }

    private static String shape(Yaml value) {
        if (value instanceof Text text) {
            return "\"" + text.text() + "\"";
        }
        return value instanceof Items ? "a list" : "a table";
    }
}
