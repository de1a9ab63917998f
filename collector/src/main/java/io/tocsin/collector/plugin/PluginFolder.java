/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import io.tocsin.detectors.DetectorFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One folder of the plugins directory: its jars, in order of their names, seen as one plugin. Not thread-safe. */
final class PluginFolder {
    private static final String SERVICES = "META-INF/services/" + DetectorFactory.class.getName();
    private static final int MAX_JARS = 256;
    private static final int MAX_SERVICES_BYTES = 1 << 16;

    private final Path folder;
    private final String name;
    private String version = "";
    private String hash = "";
    /** The jar that names the detectors. */
    private @Nullable Path services;

    PluginFolder(Path folder) {
        this.folder = folder;
        this.name = String.valueOf(folder.getFileName());
    }

    /** Never throws: what is wrong with a plugin is told by it. Class loaders that were opened are added to {@code opened}. */
    Plugin load(ClassLoader collector, List<PluginClassLoader> opened) {
        try {
            List<Path> jars = jars();
            hash = hash(jars);
            readManifest(jars);
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = jars.get(i).toUri().toURL();
            }
            PluginClassLoader loader = new PluginClassLoader(name, urls, collector);
            opened.add(loader);
            List<DetectorFactory> detectors = detectors(loader);
            return new Plugin(name, version, hash, detectors, "");
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            return new Plugin(name, version, hash, List.of(), problem(e));
        }
    }

    /** Its jars, for messages. */
    static String jarsOf(Path plugins, Plugin plugin) {
        if (plugin.name().equals(Plugin.BUILT_IN)) {
            return "our own jar";
        }
        try {
            return String.join(
                    File.pathSeparator,
                    new PluginFolder(plugins.resolve(plugin.name()))
                            .jars().stream().map(Path::toString).toList());
        } catch (IOException e) {
            return plugins.resolve(plugin.name()).toString();
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars =
                    files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
            if (jars.isEmpty() || jars.size() > MAX_JARS) {
                throw new IOException(
                        "folder " + folder + " must hold 1 to " + MAX_JARS + " jars, holds " + jars.size());
            }
            return jars;
        }
    }

    private void readManifest(List<Path> jars) throws IOException {
        for (Path jar : jars) {
            Attributes attributes;
            try (JarFile file = new JarFile(jar.toFile())) {
                if (file.getEntry(SERVICES) == null) {
                    continue;
                }
                Manifest manifest = file.getManifest();
                attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            } catch (IOException e) {
                throw new IOException("jar " + jar + " cannot be read: " + e.getMessage(), e);
            }
            check(attributes, jar);
            services = jar;
            return;
        }
        throw new IOException("no jar of folder " + folder + " has a " + SERVICES);
    }

    private void check(Attributes manifest, Path jar) throws IOException {
        String declared = manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        version = declared == null ? "" : declared.strip();
        String range = manifest.getValue(SpiVersion.ATTRIBUTE);
        if (range != null && !SpiVersion.OFFERED.isIn(range)) {
            throw new IOException(jar + " asks for " + SpiVersion.ATTRIBUTE + " " + range + ", this collector offers "
                    + SpiVersion.OFFERED);
        }
    }

    private List<DetectorFactory> detectors(ClassLoader loader) throws IOException {
        requireClasses(loader);
        List<DetectorFactory> detectors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DetectorFactory factory : ServiceLoader.load(DetectorFactory.class, loader)) {
            DeclaredDetector detector = DeclaredDetector.of(factory);
            if (!names.add(detector.name())) {
                throw new IllegalArgumentException("detector " + detector.name() + " is there twice in the plugin");
            }
            detectors.add(detector);
        }
        if (detectors.isEmpty()) {
            throw new IllegalArgumentException(SERVICES + " names no detector");
        }
        return detectors;
    }

    /** A class that is missing is told by the ServiceLoader as "not found" only, without the jar that asks for it. */
    private void requireClasses(ClassLoader loader) throws IOException {
        if (services == null) {
            return;
        }
        try (JarFile file = new JarFile(services.toFile());
                InputStream in = file.getInputStream(file.getEntry(SERVICES))) {
            String text = new String(in.readNBytes(MAX_SERVICES_BYTES), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                String type = line.replaceFirst("#.*", "").strip();
                if (!type.isEmpty() && loader.getResource(type.replace('.', '/') + ".class") == null) {
                    throw new IOException(SERVICES + " of " + services.getFileName() + " names " + type
                            + ", which no jar in the folder has");
                }
            }
        }
    }

    private static String hash(List<Path> jars) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        byte[] block = new byte[65_536];
        for (Path jar : jars) {
            digest.update(String.valueOf(jar.getFileName()).getBytes(StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(jar)) {
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    digest.update(block, 0, read);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Ours as we wrote it; of others the innermost: a class that is missing rather than the loader that missed it. */
    private static String problem(Throwable e) {
        if (e instanceof IOException || e instanceof IllegalArgumentException) {
            return String.valueOf(e.getMessage());
        }
        Throwable reason = e;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason.getClass().getSimpleName() + ": " + reason.getMessage();
    }
}
