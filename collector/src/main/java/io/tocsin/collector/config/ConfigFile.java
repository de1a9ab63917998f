/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.Yaml.Table;
import io.tocsin.collector.rule.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a file says. Immutable.
 *
 * @param name for messages
 * @param forAll what is not in a profile's section
 */
record ConfigFile(String name, FileSection forAll, Map<Profile, FileSection> byProfile) {
    static final ConfigFile NONE = new ConfigFile("no file", FileSection.EMPTY, Map.of());

    /** Of our own rules, inside the jar. */
    private static final String DEFAULT_RULES = "default-rules.yaml";

    private static final int MAX_BYTES = 1 << 20;
    private static final String SECTION = "%";

    FileSection of(Profile profile) {
        return byProfile.getOrDefault(profile, FileSection.EMPTY);
    }

    static ConfigFile read(Path file, SecretReader secrets, Problems problems) {
        if (Files.isDirectory(file)) {
            problems.add(file.toString(), "is a folder, a YAML file is wanted", "command line");
            return NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problems.add("the file", "must be at most " + MAX_BYTES + " bytes", file.toString());
                return NONE;
            }
            return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8), Origin.FILE, secrets, problems);
        } catch (IOException e) {
            String why = Files.exists(file) ? e.toString() : "there is none";
            problems.add("the file", "cannot be read: " + why, file.toString());
            return NONE;
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
            SecretReader none = new SecretReader(Map.of());
            DeclaredRules rules = parse(DEFAULT_RULES, text, Origin.BUILT_IN, none, problems)
                    .forAll()
                    .rules();
            problems.throwIfAny();
            rules.problems().throwIfAny();
            return rules;
        } catch (IOException e) {
            throw new IllegalStateException(DEFAULT_RULES + " cannot be read", e);
        }
    }

    static ConfigFile parse(String name, String text, Origin origin, SecretReader secrets, Problems problems) {
        if (!(Yaml.read(name, text, problems) instanceof Table root)) {
            problems.add("the file", "must be a table that starts with " + CollectorConfig.PREFIX + ":", name);
            return NONE;
        }
        Map<String, Yaml> forAll = new LinkedHashMap<>();
        Map<Profile, FileSection> byProfile = new EnumMap<>(Profile.class);
        root.entries().forEach((key, value) -> {
            if (!key.startsWith(SECTION)) {
                forAll.put(key, value);
                return;
            }
            Optional<Profile> profile = Profile.find(key.substring(SECTION.length()));
            if (profile.isEmpty()) {
                String allowed = Arrays.stream(Profile.values())
                        .map(p -> SECTION + p.word())
                        .collect(Collectors.joining(", "));
                problems.add(key, "is no profile; there are " + allowed, name + " line " + value.line());
            } else if (value instanceof Table section) {
                byProfile.put(profile.get(), FileSection.read(name, profile, section, origin, secrets, problems));
            } else {
                problems.add(
                        key,
                        "must be a table that starts with " + CollectorConfig.PREFIX + ":",
                        name + " line " + value.line());
            }
        });
        Table rest = new Table(forAll, root.nothing(), root.line());
        return new ConfigFile(
                name, FileSection.read(name, Optional.empty(), rest, origin, secrets, problems), Map.copyOf(byProfile));
    }
}
