/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.yaml;

import io.tocsin.cli.console.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A value of a file that knows where it stands. Immutable. */
public final class YamlValue {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final String file;
    private final String path;
    private final Node node;

    YamlValue(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /** Something is wrong with it; {@code problem} says what is allowed and what it was. */
    public CommandFailure bad(String problem) {
        String what = path.isEmpty() ? "" : path + " ";
        return new CommandFailure(file + " line " + (node.getStartMark().getLine() + 1) + ": " + what + problem);
    }

    /** A scalar as written. */
    public String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw bad("must be one value, was " + (node instanceof MappingNode ? "a table" : "a list"));
    }

    /** The items of a list. */
    public List<YamlValue> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw bad("must be a list");
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(file, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** Keys and values. */
    public YamlTable table() {
        if (!(node instanceof MappingNode mapping)) {
            throw bad("must be a table of keys and values");
        }
        Map<String, YamlValue> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String below = path.isEmpty() ? key : path + "." + key;
            YamlValue value = new YamlValue(file, below, tuple.getValueNode());
            if (values.put(key, value) != null) {
                throw value.bad("stands there twice");
            }
        }
        return new YamlTable(this, values);
    }

    /** A table of texts. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        table().values().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    /** A length of time: one or more of 250ms, 10s, 5m, 1h, 2d, as in 1h30m; 0 alone. */
    public Duration length() {
        return length(text());
    }

    private Duration length(String text) {
        Matcher parts = LENGTH.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            long number = Long.parseLong(parts.group(1));
            sum = sum.plus(
                    switch (parts.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
            end = parts.end();
        }
        boolean zero = text.equals("0");
        if (!zero && (end == 0 || end < text.length())) {
            throw bad("must be a length of time like 250ms, 10s, 5m or 1h30m, was \"" + text + "\"");
        }
        return sum;
    }

    /** Two lengths of time with two dots between them, the second not less; one alone is both. */
    public Duration[] lengths() {
        String[] ends = text().split("\\.\\.", 2);
        Duration from = length(ends[0].strip());
        Duration to = ends.length == 1 ? from : length(ends[1].strip());
        if (to.compareTo(from) < 0) {
            throw bad("must end after it begins, was \"" + text() + "\"");
        }
        return new Duration[] {from, to};
    }

    /** A number. */
    public double number() {
        return number(text());
    }

    private double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (!Double.isNaN(number) && !Double.isInfinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad("must be a number, was \"" + text + "\"");
    }

    /** Two numbers with two dots between them; one alone is both. */
    public double[] numbers() {
        String[] ends = text().split("\\.\\.", 2);
        double from = number(ends[0].strip());
        return new double[] {from, ends.length == 1 ? from : number(ends[1].strip())};
    }

    /** A share: 0.05 or 5%. */
    public double share() {
        String text = text().strip();
        double share =
                text.endsWith("%") ? number(text.substring(0, text.length() - 1).strip()) / 100 : number(text);
        if (share < 0 || share > 1) {
            throw bad("must be 0 to 1, or 0% to 100%, was \"" + text + "\"");
        }
        return share;
    }

    /** A time like 2026-01-31T12:00:00Z. */
    public Instant time() {
        try {
            return Instant.parse(text());
        } catch (DateTimeParseException e) {
            throw bad("must be a time like 2026-01-31T12:00:00Z, was \"" + text() + "\"");
        }
    }
}
