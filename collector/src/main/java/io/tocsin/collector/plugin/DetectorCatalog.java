/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import io.tocsin.detectors.DetectorFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All detectors by name. Immutable. */
public final class DetectorCatalog {
    private final List<Plugin> plugins;
    private final Map<String, DetectorFactory> byName = new TreeMap<>();
    private final Map<String, String> hashes = new TreeMap<>();

    private final String origin;

    /** Of plugins that come from no folder. */
    public DetectorCatalog(List<Plugin> plugins) {
        this(plugins, "");
    }

    /**
     * @param origin see {@link #origin()}
     * @throws IllegalArgumentException if two plugins bring a detector of the same name; both are named
     */
    DetectorCatalog(List<Plugin> plugins, String origin) {
        this.origin = origin;
        this.plugins = List.copyOf(plugins);
        Map<String, Plugin> owners = new TreeMap<>();
        for (Plugin plugin : this.plugins) {
            for (DetectorFactory factory : plugin.detectors()) {
                Plugin other = owners.putIfAbsent(factory.name(), plugin);
                if (other != null) {
                    throw new IllegalArgumentException("detector " + factory.name() + " is brought twice, by plugin "
                            + other.name() + " and by plugin " + plugin.name() + "; remove one of them");
                }
                byName.put(factory.name(), factory);
                hashes.put(factory.name(), plugin.hash());
            }
        }
    }

    public List<Plugin> plugins() {
        return plugins;
    }

    public Optional<DetectorFactory> find(String detector) {
        return Optional.ofNullable(byName.get(detector));
    }

    /** Where plugins were looked for, how many there are and which are not loaded; for messages. "" if nowhere. */
    public String origin() {
        return origin;
    }

    /** In order of names. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Hash of the jar that brings each detector, by detector name. */
    public Map<String, String> hashes() {
        return Map.copyOf(hashes);
    }
}
