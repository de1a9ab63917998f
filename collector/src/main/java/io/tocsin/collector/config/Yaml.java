/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML (or JSON) text as a tree. Every scalar stays as it was written, so that {@code no}, {@code 0.999} and {@code 1e3} are read
 * by who knows what they should be; every node knows its line, so that problems can say it. Immutable.
 */
sealed interface Yaml {
    int MAX_DEPTH = 32;

    /** 1 for the first. */
    int line();

    /** A scalar, as written. */
    record Text(String text, int line) implements Yaml {}

    /** A list. */
    record Items(List<Yaml> items, int line) implements Yaml {}

    /**
     * Keys and values, as written.
     *
     * @param nothing lines of keys without a value, which are not among the entries
     */
    record Table(Map<String, Yaml> entries, Map<String, Integer> nothing, int line) implements Yaml {}

    /** Reads one document; an empty text is an empty table. What cannot be read is reported, and left out. */
    static Yaml read(String name, String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0); // a few of them can stand for a tree of any size
        try {
            Node root = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
            if (root != null && !isNothing(root)) {
                return of(root, line(root), "the file", name, problems, 0);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(
                    "the file",
                    "is no YAML: " + e.getProblem() + "; is the line, or the one above, indented like its neighbours,"
                            + " and is every bracket and quote closed?",
                    name + " line " + line);
        } catch (YAMLException e) {
            problems.add("the file", "is no YAML: " + e.getMessage(), name);
        }
        return new Table(Map.of(), Map.of(), 1);
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** With the line of the key that it belongs to, which is where a person looks for it. */
    private static Yaml of(Node node, int line, String path, String name, Problems problems, int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(path, "is nested deeper than " + MAX_DEPTH + " levels", name + " line " + line);
            return new Text("", line);
        }
        if (node instanceof ScalarNode scalar) {
            return new Text(scalar.getValue(), line);
        }
        if (node instanceof SequenceNode sequence) {
            List<Yaml> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(of(item, line(item), path + "[" + items.size() + "]", name, problems, depth + 1));
            }
            return new Items(List.copyOf(items), line);
        }
        Map<String, Yaml> entries = new LinkedHashMap<>();
        Map<String, Integer> nothing = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            entry(tuple, path, name, problems, depth, entries, nothing);
        }
        return new Table(Collections.unmodifiableMap(entries), Collections.unmodifiableMap(nothing), line);
    }

    private static void entry(
            NodeTuple tuple,
            String path,
            String name,
            Problems problems,
            int depth,
            Map<String, Yaml> entries,
            Map<String, Integer> nothing) {
        int line = line(tuple.getKeyNode());
        String where = name + " line " + line;
        if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
            problems.add(path, "has a key that is no text", where);
            return;
        }
        String key = scalar.getValue();
        if (entries.containsKey(key) || nothing.containsKey(key)) {
            problems.add(path + "." + key, "is given twice", where);
        } else if (isNothing(tuple.getValueNode())) {
            nothing.put(key, line);
        } else {
            entries.put(key, of(tuple.getValueNode(), line, path + "." + key, name, problems, depth + 1));
        }
    }
}
