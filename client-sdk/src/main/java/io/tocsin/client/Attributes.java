/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values that, with a metric's name, identify a series; the order in which they were given does not matter.
 * Never throws: attributes that cannot be used say why in {@link #problem()}, and what is recorded under them is dropped
 * as {@link DropReason#INVALID}. Immutable.
 */
public final class Attributes {
    private static final Attributes EMPTY = new Attributes(new TreeMap<>(), null);

    private final Map<String, String> values;
    private final @Nullable String problem;
    private final int hash;

    private Attributes(Map<String, String> values, @Nullable String problem) {
        this.values = Collections.unmodifiableMap(values);
        this.problem = problem;
        this.hash = values.hashCode();
    }

    /** No attributes. */
    public static Attributes empty() {
        return EMPTY;
    }

    /** Key, value, key, value and so on, each key once. */
    public static Attributes of(@Nullable String... keysAndValues) {
        if (keysAndValues == null) {
            return new Attributes(new TreeMap<>(), "attributes must not be null");
        }
        if (keysAndValues.length % 2 != 0) {
            return new Attributes(
                    new TreeMap<>(),
                    "attributes must be pairs of key and value, were " + Arrays.toString(keysAndValues));
        }
        TreeMap<String, String> values = new TreeMap<>();
        String problem = null;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String key = keysAndValues[i];
            String value = keysAndValues[i + 1];
            if (key == null || value == null) {
                problem = "attribute must have a key and a value, was " + key + "=" + value;
            } else if (values.put(key, value) != null) {
                problem = "attribute " + key + " must be there once, was there more often";
            }
        }
        return new Attributes(values, problem);
    }

    /** These and one more; a key that is there gets the new value. */
    public Attributes with(@Nullable String key, @Nullable String value) {
        TreeMap<String, String> more = new TreeMap<>(values);
        if (key == null || value == null) {
            return new Attributes(more, "attribute must have a key and a value, was " + key + "=" + value);
        }
        more.put(key, value);
        return new Attributes(more, problem);
    }

    /** By key, ascending; unmodifiable. */
    public Map<String, String> asMap() {
        return values;
    }

    /** Why these cannot be used; empty if they can, as far as is known before the collector sees them. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that
                && hash == that.hash
                && (problem == null) == (that.problem == null)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return problem == null ? values.toString() : problem;
    }
}
