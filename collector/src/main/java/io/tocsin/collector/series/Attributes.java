/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Keys and values, sorted by key. Immutable; equal when all keys and values are. */
public final class Attributes implements Comparable<Attributes> {
    public static final Attributes NONE = new Attributes(new String[0]);

    /** key, value, key, value … sorted by key. */
    private final String[] pairs;

    private final int hash;

    private Attributes(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    /** Keys and values in turn, in any order of keys. */
    public static Attributes of(String... keysAndValues) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return of(map);
    }

    public static Attributes of(Map<String, String> map) {
        if (map.isEmpty()) {
            return NONE;
        }
        SortedMap<String, String> sorted = new TreeMap<>(map);
        List<String> pairs = new ArrayList<>(sorted.size() * 2);
        sorted.forEach((key, value) -> {
            pairs.add(key);
            pairs.add(value);
        });
        return new Attributes(pairs.toArray(new String[0]));
    }

    public int size() {
        return pairs.length / 2;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** The value, "" if the key is absent. */
    public String get(String key) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(key)) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    /** Those of {@code keys} that have a value other than "". */
    public Attributes only(Collection<String> keys) {
        Map<String, String> kept = new TreeMap<>();
        for (String key : keys) {
            String value = get(key);
            if (!value.isEmpty()) {
                kept.put(key, value);
            }
        }
        return of(kept);
    }

    /** These and {@code others}; where a key is in both, the other's value. */
    public Attributes and(Attributes others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, String> both = new TreeMap<>(asMap());
        both.putAll(others.asMap());
        return of(both);
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** In order of keys. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        forEach(map::put);
        return Collections.unmodifiableMap(map);
    }

    @Override
    public int compareTo(Attributes other) {
        return Arrays.compare(pairs, other.pairs);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Attributes other && hash == other.hash && Arrays.equals(pairs, other.pairs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
