/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.Yaml.Items;
import io.tocsin.collector.config.Yaml.Table;
import io.tocsin.collector.config.Yaml.Text;
import io.tocsin.collector.rule.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file says. Immutable.
 *
 * @param name for messages
 * @param settings by key, as written
 * @param lines by key
 */
record ConfigFile(String name, Map<String, String> settings, Map<String, Integer> lines, DeclaredRules rules) {
    /** Of our own rules, inside the jar. */
    private static final String DEFAULT_RULES = "default-rules.yaml";

    private static final int MAX_BYTES = 1 << 20;

    static ConfigFile none() {
        return new ConfigFile("no file", Map.of(), Map.of(), DeclaredRules.NONE);
    }

    static ConfigFile read(Path file, SecretReader secrets, Problems problems) {
        if (Files.isDirectory(file)) {
            problems.add(file.toString(), "is a folder, a YAML file is wanted", "command line");
            return none();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problems.add("the file", "must be at most " + MAX_BYTES + " bytes", file.toString());
                return none();
            }
            return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8), Origin.FILE, secrets, problems);
        } catch (IOException e) {
            String why = Files.exists(file) ? e.toString() : "there is none";
            problems.add("the file", "cannot be read: " + why, file.toString());
            return none();
        }
    }

    /** The rules that come with Tocsin. */
    static DeclaredRules defaultRules() {
        Problems problems = new Problems();
        try (InputStream in = ConfigFile.class.getResourceAsStream(DEFAULT_RULES)) {
            if (in == null) {
                throw new IllegalStateException(DEFAULT_RULES + " is missing in the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            DeclaredRules rules = parse(DEFAULT_RULES, text, Origin.BUILT_IN, new SecretReader(Map.of()), problems)
                    .rules();
            problems.throwIfAny();
            rules.problems().throwIfAny();
            return rules;
        } catch (IOException e) {
            throw new IllegalStateException(DEFAULT_RULES + " cannot be read", e);
        }
    }

    static ConfigFile parse(String name, String text, Origin origin, SecretReader secrets, Problems problems) {
        Map<String, Text> settings = new LinkedHashMap<>();
        DeclaredRules rules = DeclaredRules.NONE;
        if (!(Yaml.read(name, text, problems) instanceof Table root)) {
            problems.add("the file", "must be a table that starts with " + CollectorConfig.PREFIX + ":", name);
            return none();
        }
        Map<String, Yaml> flat = new LinkedHashMap<>();
        flatten("", root, flat);
        Set<String> known =
                new TreeSet<>(Setting.all().stream().map(Setting::key).toList());
        known.add(RuleReader.PATH);
        for (Map.Entry<String, Yaml> entry : flat.entrySet()) {
            String key = entry.getKey();
            String where = name + " line " + entry.getValue().line();
            if (key.equals(RuleReader.PATH)) {
                rules = new RuleReader(name, origin, secrets).read(entry.getValue());
            } else if (!known.contains(key)) {
                unknown(key, known, where, problems);
            } else if (entry.getValue() instanceof Text value) {
                settings.put(key, value);
            } else {
                problems.add(key, "must be one value, was a list", where);
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            texts.put(key, value.text());
            lines.put(key, value.line());
        });
        return new ConfigFile(name, Map.copyOf(texts), Map.copyOf(lines), rules);
    }

    private static void unknown(String key, Set<String> known, String where, Problems problems) {
        String inside = CollectorConfig.PREFIX + "." + key;
        if (known.contains(inside)) {
            problems.add(
                    key,
                    "is not known; did you mean " + inside + "? Everything is under " + CollectorConfig.PREFIX + ":",
                    where);
        } else {
            problems.unknown(key, known, where);
        }
    }

    private static void flatten(String path, Yaml value, Map<String, Yaml> into) {
        if (value instanceof Table table && !path.equals(RuleReader.PATH)) {
            table.entries().forEach((key, inner) -> flatten(path.isEmpty() ? key : path + "." + key, inner, into));
        } else if (value instanceof Items || !path.isEmpty()) {
            into.put(path, value);
        }
    }
}
