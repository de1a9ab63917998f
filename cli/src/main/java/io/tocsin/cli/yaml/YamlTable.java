/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.yaml;

import io.tocsin.collector.rule.Spelling;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys and values, in the order of the file. Immutable. */
public final class YamlTable {
    private final YamlValue itself;
    private final Map<String, YamlValue> values;

    YamlTable(YamlValue itself, Map<String, YamlValue> values) {
        this.itself = itself;
        this.values = Collections.unmodifiableMap(values);
    }

    /** All of it. */
    public Map<String, YamlValue> values() {
        return values;
    }

    /** Refuses all other keys. */
    public YamlTable allow(String... keys) {
        List<String> known = List.of(keys);
        values.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.bad(Spelling.unknown(key, known));
            }
        });
        return this;
    }

    /** The value of a key, if it is there. */
    public Optional<YamlValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value of a key that must be there. */
    public YamlValue require(String key) {
        return find(key).orElseThrow(() -> itself.bad("must have " + key));
    }
}
