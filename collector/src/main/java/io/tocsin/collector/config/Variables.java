/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Environment variables of settings. One that is not known is warned of, not refused: other programs' variables may begin like ours, and a
 * machine's environment is often not in the hands of who starts a collector. Stateless.
 */
final class Variables {
    private static final String PREFIX = nameOf(CollectorConfig.PREFIX) + "_";

    private Variables() {}

    /** The variable of a key: "MONITORING_GRPC_PORT". */
    static String nameOf(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Those of an environment that set something, by name; an empty one sets nothing. */
    static Map<String, String> ours(Collection<Setting> settings, Map<String, String> environment) {
        Map<String, String> ours = new LinkedHashMap<>();
        for (Setting setting : settings) {
            String value = environment.get(nameOf(setting.key()));
            if (value != null && !value.isEmpty()) {
                ours.put(nameOf(setting.key()), value);
            }
        }
        return ours;
    }

    /** What to tell of variables that look like ours and are none. */
    static List<String> misspelt(Collection<String> variables) {
        // by what follows the prefix, which is right in all of them and would make any two look near
        List<String> known = Setting.all().stream()
                .map(setting -> nameOf(setting.key()).substring(PREFIX.length()))
                .toList();
        return variables.stream()
                .filter(v -> v.startsWith(PREFIX))
                .map(v -> v.substring(PREFIX.length()))
                .filter(v -> !known.contains(v))
                .sorted()
                .map(v -> "environment variable " + PREFIX + v + " is not known and not used"
                        + UnknownKey.nearest(v, known, '_')
                                .map(near -> "; did you mean " + PREFIX + near + "?")
                                .orElse(""))
                .toList();
    }
}
