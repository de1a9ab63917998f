/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * The classes of a collector that is started many times: folders made into jars, since only of those the JVM shares what it has loaded and checked once
 * (class data sharing). A start takes half the time.
 *
 * @param archive what is shared; empty: nothing is
 */
record ClassPath(String path, String archive) {

    /**
     * This process's class path, behind other jars.
     *
     * @param folder for jars; of this run alone, since another's collectors would read what changes
     */
    static ClassPath behind(List<Path> inFront, Path folder) {
        try {
            Path place = Files.createDirectories(folder.resolve("classes"));
            List<String> jars = new ArrayList<>();
            inFront.forEach(jar -> jars.add(jar.toString()));
            String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            int folders = 0;
            for (String element : own.split(File.pathSeparator)) {
                if (element.isEmpty()) {
                    continue;
                }
                Path path = Path.of(element);
                if (Files.isDirectory(path)) {
                    path = jar(path, place.resolve(folders++ + ".jar"));
                }
                if (Files.exists(path)) {
                    jars.add(path.toString());
                }
            }
            return new ClassPath(String.join(File.pathSeparator, jars), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(Path folder, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            jar.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                JarEntry entry = new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/'));
                entry.setTime(0);
                jar.putNextEntry(entry);
                Files.copy(file, jar);
            }
        }
        return to;
    }

    /** The same with an archive: starts a collector once, and stops it. */
    ClassPath shared(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("classes.jsa");
        try (CollectorProcess once = CollectorProcess.start(
                Files.createDirectories(folder.resolve("once")),
                this,
                Launch.PLAIN.jvm("-XX:ArchiveClassesAtExit=" + file))) {
            if (!once.awaitReady() || !once.stop(TimeUnit.MINUTES.toMillis(2)) || !Files.exists(file)) {
                throw new IllegalStateException("classes were not archived: " + once.said());
            }
        }
        return new ClassPath(path, file.toString());
    }

    List<String> options() {
        return archive.isEmpty() ? List.of("-cp", path) : List.of("-XX:SharedArchiveFile=" + archive, "-cp", path);
    }
}
