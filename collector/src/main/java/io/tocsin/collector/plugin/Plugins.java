/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import io.tocsin.detectors.DetectorFactory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Our detectors and those of the plugins directory, loaded. Closing it closes the plugins' jars: their detectors must not run any more.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Plugins.class.getName());
    private static final int MAX_PLUGINS = 1_000;

    private final DetectorCatalog catalog;
    private final List<PluginClassLoader> loaders;

    private Plugins(DetectorCatalog catalog, List<PluginClassLoader> loaders) {
        this.catalog = catalog;
        this.loaders = loaders;
    }

    /**
     * Loads ours, then each folder of {@code directory} in order of names. One that cannot be loaded is told by its
     * {@link Plugin#problem()} and left out.
     *
     * @param directory may be missing
     * @param build our version
     * @throws IllegalArgumentException if a detector is there twice in one version; jars of both are named
     */
    public static Plugins load(Path directory, String build) {
        List<PluginClassLoader> loaders = new ArrayList<>();
        List<Plugin> plugins = new ArrayList<>();
        plugins.add(ours(build));
        for (Path entry : entries(directory)) {
            Plugin plugin = Files.isDirectory(entry)
                    ? new PluginFolder(entry).load(Plugins.class.getClassLoader(), loaders)
                    : new Plugin(
                            String.valueOf(entry.getFileName()),
                            "",
                            "",
                            List.of(),
                            "must lie in a folder of its own in " + directory);
            if (!plugin.problem().isEmpty()) {
                LOG.log(Level.WARNING, "plugin {0} is not loaded: {1}", plugin.name(), plugin.problem());
            }
            plugins.add(plugin);
        }
        try {
            return new Plugins(
                    new DetectorCatalog(
                            DetectorNames.distinct(plugins, plugin -> PluginFolder.jarsOf(directory, plugin)),
                            origin(directory, plugins)),
                    loaders);
        } catch (IllegalArgumentException e) {
            closeAll(loaders);
            throw e;
        }
    }

    public DetectorCatalog catalog() {
        return catalog;
    }

    private static String origin(Path directory, List<Plugin> plugins) {
        StringBuilder origin = new StringBuilder("plugins are looked for in ")
                .append(directory.toAbsolutePath())
                .append(": ")
                .append(plugins.size() - 1)
                .append(" found");
        for (Plugin plugin : plugins) {
            if (!plugin.problem().isEmpty()) {
                origin.append("; plugin ")
                        .append(plugin.name())
                        .append(" is not loaded: ")
                        .append(plugin.problem());
            }
        }
        return origin.toString();
    }

    private static Plugin ours(String build) {
        List<DetectorFactory> detectors = new ArrayList<>();
        for (DetectorFactory factory : ServiceLoader.load(DetectorFactory.class, Plugins.class.getClassLoader())) {
            detectors.add(DeclaredDetector.of(factory));
        }
        return new Plugin(Plugin.BUILT_IN, build, build, detectors, "");
    }

    /** Folders, and jars that lie beside them by mistake. */
    private static List<Path> entries(Path directory) {
        if (!Files.isDirectory(directory)) {
            if (Files.exists(directory)) {
                throw new IllegalArgumentException("plugins directory " + directory + " must be a folder, is a file");
            }
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> entries = files.filter(
                            f -> Files.isDirectory(f) || f.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (entries.size() > MAX_PLUGINS) {
                throw new IllegalArgumentException("plugins directory " + directory + " must hold at most "
                        + MAX_PLUGINS + " folders, holds " + entries.size());
            }
            return entries;
        } catch (IOException e) {
            throw new IllegalArgumentException("plugins directory " + directory + " cannot be read: " + e, e);
        }
    }

    @Override
    public void close() {
        closeAll(loaders);
    }

    private static void closeAll(List<PluginClassLoader> loaders) {
        for (PluginClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "jars of " + loader.getName() + " could not be closed", e);
            }
        }
    }
}
