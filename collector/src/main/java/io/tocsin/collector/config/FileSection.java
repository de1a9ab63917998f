/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.DeclaredRules.Declared;
import io.tocsin.collector.config.Yaml.Items;
import io.tocsin.collector.config.Yaml.Table;
import io.tocsin.collector.config.Yaml.Text;
import io.tocsin.collector.rule.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file says for all profiles, or for one. Immutable.
 *
 * @param settings by key, in the order of the file
 * @param lists channels and routes, unread: a secret of another profile need not be here
 */
record FileSection(Map<String, Text> settings, DeclaredRules rules, Map<String, Yaml> lists) {
    static final FileSection EMPTY = new FileSection(Map.of(), DeclaredRules.NONE, Map.of());

    private static final String PROFILE_KEY = CollectorConfig.PREFIX + ".profile";
    /** Keys that hold lists of tables. */
    private static final Set<String> LISTS =
            Set.of(RuleReader.PATH, SloReader.PATH, ChannelReader.PATH, RouteReader.PATH);

    /**
     * Reads one.
     *
     * @param name of the file
     * @param profile whose section it is; empty: for all
     */
    static FileSection read(
            String name,
            Optional<Profile> profile,
            Table root,
            Origin origin,
            SecretReader secrets,
            Problems problems) {
        Map<String, Yaml> flat = new LinkedHashMap<>();
        flatten("", root, flat);
        Set<String> known =
                new TreeSet<>(Setting.all().stream().map(Setting::key).toList());
        known.addAll(LISTS);
        Map<String, Text> settings = new LinkedHashMap<>();
        for (Map.Entry<String, Yaml> entry : flat.entrySet()) {
            String key = entry.getKey();
            String where =
                    SettingOrigin.line(name, entry.getValue().line(), profile).words();
            if (LISTS.contains(key)) {
                continue;
            }
            if (!known.contains(key)) {
                problems.add(key, UnknownKey.told(key, known), where);
            } else if (key.equals(PROFILE_KEY) && profile.isPresent()) {
                problems.add(key, "must not be set in the section of a profile", where);
            } else if (entry.getValue() instanceof Text value) {
                settings.put(key, value);
            } else {
                problems.add(key, "must be one value, was a list", where);
            }
        }
        Map<String, Yaml> lists = new LinkedHashMap<>(flat);
        lists.keySet().retainAll(Set.of(ChannelReader.PATH, RouteReader.PATH));
        return new FileSection(
                Collections.unmodifiableMap(settings), rules(name, flat, origin, secrets), Map.copyOf(lists));
    }

    Optional<Yaml> list(String path) {
        return Optional.ofNullable(lists.get(path));
    }

    private static DeclaredRules rules(String name, Map<String, Yaml> flat, Origin origin, SecretReader secrets) {
        Problems problems = new Problems();
        List<Declared> rules = new ArrayList<>();
        List<Declared> slos = new ArrayList<>();
        if (flat.containsKey(RuleReader.PATH)) {
            rules.addAll(RuleReader.read(flat.get(RuleReader.PATH), name, origin, secrets, problems));
        }
        if (flat.containsKey(SloReader.PATH)) {
            slos.addAll(SloReader.read(flat.get(SloReader.PATH), name, secrets, problems));
        }
        DeclaredRules.refuseSharedNames(rules, slos, problems);
        rules.addAll(slos);
        return new DeclaredRules(List.copyOf(rules), problems);
    }

    private static void flatten(String path, Yaml value, Map<String, Yaml> into) {
        if (value instanceof Table table && !LISTS.contains(path)) {
            table.entries().forEach((key, inner) -> flatten(path.isEmpty() ? key : path + "." + key, inner, into));
        } else if (value instanceof Items || !path.isEmpty()) {
            into.put(path, value);
        }
    }
}
