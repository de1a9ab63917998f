/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads a plugin's classes from its own jars. Shares the JDK and the detector SPI with the collector and nothing else, so that a
 * plugin may bring any version of any library. This keeps dependencies apart; it does not guard against hostility. Thread-safe.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final String SPI = "io.tocsin.detectors.";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader collector;

    PluginClassLoader(String plugin, URL[] jars, ClassLoader collector) {
        super("plugin-" + plugin, jars, ClassLoader.getPlatformClassLoader());
        this.collector = collector;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isSpi(name) ? collector.loadClass(name) : super.loadClass(name, resolve);
    }

    /** The package itself; those below it are of detectors, ours among them. */
    private static boolean isSpi(String name) {
        return name.startsWith(SPI) && name.indexOf('.', SPI.length()) < 0;
    }
}
