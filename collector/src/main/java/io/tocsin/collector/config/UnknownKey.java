/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.rule.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What to tell of a key that is not known. Part by part: whole keys are long, and "kafka.enabled" would be near to any other flag. Stateless.
 */
final class UnknownKey {
    private static final String ROOT = CollectorConfig.PREFIX;

    private UnknownKey() {}

    /** In words that follow the key: the one that was meant, or those that there are in its place. */
    static String told(String key, Collection<String> known) {
        String inside = ROOT + "." + key;
        if (known.contains(inside)) {
            return "is not known; did you mean " + inside + "? Everything is under " + ROOT + ":";
        }
        if (isGroup(key, known)) {
            return "must be a table, with " + String.join(", ", children(key, known)) + "; was one value";
        }
        return nearest(key, known, '.')
                .or(() -> elsewhere(key, known))
                .map(near -> "is not known; did you mean " + near + "?")
                .orElseGet(() -> {
                    String group = group(key, known);
                    return "is not known; under " + group + " there are " + String.join(", ", children(group, known));
                });
    }

    /** The known name of as many parts of which each is the same or near. */
    static Optional<String> nearest(String name, Collection<String> known, char separator) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(parts(name, separator), parts(candidate, separator));
            if (distance < least) {
                nearest = candidate;
                least = distance;
            }
        }
        return least == Integer.MAX_VALUE ? Optional.empty() : Optional.of(nearest);
    }

    private static int distance(List<String> parts, List<String> others) {
        if (parts.size() != others.size()) {
            return Integer.MAX_VALUE;
        }
        int sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            String other = others.get(i);
            boolean isCut = other.startsWith(part + "-") || part.startsWith(other + "-");
            if (!isCut && !Spelling.nearest(part, List.of(other)).isPresent()) {
                return Integer.MAX_VALUE;
            }
            sum += Spelling.distance(part, other);
        }
        return sum;
    }

    /** The only key that ends like this one: it was put in the wrong place. */
    private static Optional<String> elsewhere(String key, Collection<String> known) {
        String end = "." + key.substring(key.lastIndexOf('.') + 1);
        List<String> found = known.stream().filter(k -> k.endsWith(end)).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String group(String key, Collection<String> known) {
        for (String group = key; group.indexOf('.') >= 0; ) {
            group = group.substring(0, group.lastIndexOf('.'));
            if (isGroup(group, known)) {
                return group;
            }
        }
        return ROOT;
    }

    private static boolean isGroup(String key, Collection<String> known) {
        return known.stream().anyMatch(k -> k.startsWith(key + "."));
    }

    private static Collection<String> children(String group, Collection<String> known) {
        TreeSet<String> children = new TreeSet<>();
        int from = group.length() + 1;
        known.stream()
                .filter(k -> k.startsWith(group + "."))
                .map(k -> parts(k.substring(from), '.').get(0))
                .forEach(children::add);
        return children;
    }

    private static List<String> parts(String name, char separator) {
        return Pattern.compile(Pattern.quote(String.valueOf(separator)))
                .splitAsStream(name)
                .toList();
    }
}
