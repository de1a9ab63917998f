/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import io.tocsin.detectors.DetectorFactory;
import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Gives each detector a name of its own where several plugins bring one of the same name, so that a new version can run beside
 * the old one: the plain name stays with ours, else with the lowest version; each other version is called {@code name@version}.
 * A newer jar put beside an older one so changes no rule until a rule asks for it, or the older jar is taken away.
 */
final class DetectorNames {
    private DetectorNames() {}

    /**
     * @param jarsOf names a plugin's jars in messages
     * @throws IllegalArgumentException if a name comes twice in one version; jars of both are named
     */
    static List<Plugin> distinct(List<Plugin> plugins, Function<Plugin, String> jarsOf) {
        Map<String, List<Plugin>> byName = new TreeMap<>();
        for (Plugin plugin : plugins) {
            plugin.detectors()
                    .forEach(d -> byName.computeIfAbsent(d.name(), n -> new ArrayList<>())
                            .add(plugin));
        }
        byName.forEach((name, owners) -> {
            owners.sort(DetectorNames::older);
            for (int i = 1; i < owners.size(); i++) {
                if (owners.get(i).version().equals(owners.get(i - 1).version())) {
                    throw new IllegalArgumentException("detector " + name + " of version \""
                            + owners.get(i).version() + "\" is there twice, in " + jarsOf.apply(owners.get(i - 1))
                            + " and in " + jarsOf.apply(owners.get(i)) + "; remove one of them");
                }
            }
        });
        return plugins.stream().map(plugin -> renamed(plugin, byName)).toList();
    }

    private static Plugin renamed(Plugin plugin, Map<String, List<Plugin>> byName) {
        List<DetectorFactory> detectors = new ArrayList<>();
        for (DetectorFactory detector : plugin.detectors()) {
            List<Plugin> owners = byName.getOrDefault(detector.name(), List.of(plugin));
            boolean plain = owners.get(0).equals(plugin) || !(detector instanceof DeclaredDetector);
            detectors.add(
                    plain ? detector : ((DeclaredDetector) detector).named(detector.name() + "@" + plugin.version()));
        }
        return new Plugin(plugin.name(), plugin.version(), plugin.hash(), detectors, plugin.problem());
    }

    private static int older(Plugin a, Plugin b) {
        boolean ours = a.name().equals(Plugin.BUILT_IN);
        if (ours != b.name().equals(Plugin.BUILT_IN)) {
            return ours ? -1 : 1;
        }
        return Comparator.comparing(Plugin::version, DetectorNames::compareVersions)
                .compare(a, b);
    }

    private static int compareVersions(String a, String b) {
        try {
            int byNumber = a.isEmpty() || b.isEmpty() ? 0 : Version.parse(a).compareTo(Version.parse(b));
            return byNumber != 0 ? byNumber : a.compareTo(b);
        } catch (IllegalArgumentException e) {
            return a.compareTo(b); // not numbered in any way that has an order
        }
    }
}
