/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import io.tocsin.detectors.DetectorFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles a plugin against the SPI alone, and packs it. */
public final class PluginJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Attributes manifest = new Attributes();
    private String services = "";

    public PluginJar() {
        manifest.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** A factory whose source is given with {@link #source}. */
    public PluginJar service(String className) {
        services += className + "\n";
        return this;
    }

    /** A detector that never judges; {@code body} is put into its factory class. */
    public PluginJar detector(String className, String name, String summary, String body) {
        services += "plugged." + className + "\n";
        return source("plugged." + className, """
                package plugged;
                import io.tocsin.detectors.*;
                import java.util.List;
                public class %s implements DetectorFactory {
                  public String name() { return "%s"; }
                  public String summary() { return %s; }
                  public List<Input> inputs() { return List.of(Input.outcomes("outcomes", "what is watched")); }
                  public List<Parameter<?>> parameters() { return List.of(); }
                  public Detector create(Parameters p) { return new Idle(); }
                  %s
                }
                """.formatted(className, name, summary, body))
                .source("plugged.Idle", """
                package plugged;
                public class Idle implements io.tocsin.detectors.Detector {
                  public void save(java.io.DataOutput out) {}
                  public void restore(int format, java.io.DataInput in) {}
                }
                """);
    }

    public PluginJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    public PluginJar version(String version) {
        manifest.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        return this;
    }

    PluginJar spi(String range) {
        manifest.put(new Attributes.Name(SpiVersion.ATTRIBUTE), range);
        return this;
    }

    /** @param leftOut classes that are compiled but not packed */
    public Path writeTo(Path jar, String... leftOut) throws IOException {
        Files.createDirectories(jar.getParent());
        Path work = Files.createTempDirectory(jar.getParent().getParent(), "work");
        List<String> arguments = new ArrayList<>(List.of(
                "-d", work.toString(), "-proc:none", "-cp", locationOfSpi().toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IOException("the plugin does not compile");
        }
        pack(jar, work, List.of(leftOut));
        delete(work);
        return jar;
    }

    private void pack(Path jar, Path work, List<String> leftOut) throws IOException {
        Manifest written = new Manifest();
        written.getMainAttributes().putAll(manifest);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, written);
                Stream<Path> files = Files.walk(work)) {
            packed.putNextEntry(new JarEntry("META-INF/services/" + DetectorFactory.class.getName()));
            packed.write(services.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                String entry = work.relativize(file).toString();
                if (!leftOut.contains(entry.replace('/', '.').replace(".class", ""))) {
                    packed.putNextEntry(new JarEntry(entry));
                    packed.write(Files.readAllBytes(file));
                }
            }
        }
    }

    private static void delete(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path locationOfSpi() {
        return Path.of(DetectorFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }
}
