/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Strings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    private static final String BUILD = "0.1.0";

    @TempDir
    Path temporary;

    private Path folder;
    private Plugins plugins;

    @BeforeEach
    void emptyFolder() throws IOException {
        folder = Files.createDirectories(temporary.resolve("plugins"));
    }

    @AfterEach
    void close() {
        if (plugins != null) {
            plugins.close();
        }
    }

    @Test
    void bringsOursWithoutAnyFolder() {
        plugins = Plugins.load(temporary.resolve("nowhere"), BUILD);

        assertThat(plugins.catalog().plugins()).extracting(Plugin::name).containsExactly(Plugin.BUILT_IN);
        assertThat(plugins.catalog().plugins().get(0).version()).isEqualTo(BUILD);
    }

    @Test
    void keepsAPluginsLibrariesApartFromOurs() throws IOException {
        new PluginJar()
                .detector("Budget", "budget", "com.google.common.base.Strings.nullToEmpty(\"\")", "")
                .source("com.google.common.base.Strings", """
                        package com.google.common.base;
                        public class Strings { public static String nullToEmpty(String s) { return "the plugin's own"; } }
                        """)
                .version("1.0")
                .writeTo(jar("budget"));

        Plugin loaded = load("budget");

        assertThat(loaded.problem()).isEmpty();
        assertThat(loaded.detectors().get(0).summary()).isEqualTo("the plugin's own");
        assertThat(Strings.nullToEmpty("ours")).isEqualTo("ours");
        assertThat(loaded.version()).isEqualTo("1.0");
        assertThat(loaded.hash()).matches("[0-9a-f]{64}");
        assertThat(plugins.catalog().find("budget")).isPresent();
        assertThat(plugins.catalog().hashes()).containsEntry("budget", loaded.hash());
    }

    @Test
    void showsAPluginNothingOfOursButTheSpi() throws IOException {
        String seen = "seen(\"com.google.common.base.Strings\") + seen(\"io.tocsin.collector.plugin.Plugins\")"
                + " + seen(\"io.tocsin.detectors.Window\") + seen(\"java.util.List\")";
        new PluginJar().detector("Peek", "peek", seen, """
                        static String seen(String name) {
                          try { Class.forName(name); return "yes "; } catch (ClassNotFoundException e) { return "no "; }
                        }
                        """).writeTo(jar("peek"));

        assertThat(load("peek").detectors().get(0).summary()).isEqualTo("no no yes yes ");
    }

    @Test
    void tellsAClassThatIsMissingAndLoadsTheOthers() throws IOException {
        new PluginJar()
                .detector("Broken", "broken", "\"\"", "private final Lib lib = new Lib();")
                .source("plugged.Lib", "package plugged; class Lib {}")
                .writeTo(jar("a-broken"), "plugged.Lib");
        new PluginJar().detector("Fine", "fine", "\"\"", "").writeTo(jar("b-fine"));

        assertThat(load("a-broken").problem()).contains("plugged.Lib");
        assertThat(plugins.catalog().find("broken")).isEmpty();
        assertThat(plugins.catalog().find("fine")).isPresent();
    }

    @Test
    void tellsWhatIsWrongWithAPluginAndSkipsIt() throws IOException {
        new PluginJar().detector("Loud", "Loud!", "\"\"", "").writeTo(jar("bad-name"));
        new PluginJar()
                .detector("Cross", "cross", "thrown()", "static String thrown() { throw new AssertionError(\"no\"); }")
                .writeTo(jar("throws"));
        new PluginJar().detector("New", "new", "\"\"", "").spi("[2.0,3.0)").writeTo(jar("too-new"));
        new PluginJar().detector("Odd", "odd", "\"\"", "").spi("latest").writeTo(jar("odd-range"));
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(Files.createDirectories(folder.resolve("no-zip")).resolve("x.jar"), "garbage");
        Files.writeString(folder.resolve("beside.jar"), "");

        assertThat(load("bad-name").problem()).contains("1 to 64 of a-z, 0-9 and '-', was \"Loud!\"");
        assertThat(load("throws").problem()).isEqualTo("AssertionError: no");
        assertThat(load("too-new").problem())
                .contains("asks for Tocsin-SPI-Version [2.0,3.0), this collector offers 1.0");
        assertThat(load("odd-range").problem()).contains("was \"latest\"");
        assertThat(load("empty").problem()).contains("must hold 1 to 256 jars, holds 0");
        assertThat(load("no-zip").problem()).contains("x.jar cannot be read");
        assertThat(load("beside.jar").problem()).contains("must lie in a folder of its own");
    }

    @Test
    void namesTheClassThatIsNamedAndNotThereAndSaysPlainlyThatAnSpiIsNotOffered() throws IOException {
        new PluginJar().detector("Gone", "gone", "\"\"", "").writeTo(jar("gone"), "plugged.Gone");
        new PluginJar().detector("New", "new", "\"\"", "").spi("[2.0,3.0)").writeTo(jar("too-new"));

        assertThat(load("gone").problem())
                .isEqualTo("META-INF/services/io.tocsin.detectors.DetectorFactory of gone.jar names plugged.Gone,"
                        + " which no jar in the folder has");
        assertThat(load("too-new").problem())
                .isEqualTo(jar("too-new") + " asks for Tocsin-SPI-Version [2.0,3.0), this collector offers 1.0");
        assertThat(plugins.catalog().origin())
                .startsWith("plugins are looked for in " + folder + ": 2 found; plugin gone is not loaded: META-INF");
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> Plugins.load(file, BUILD)).hasMessageEndingWith("must be a folder, is a file");
    }

    @Test
    void refusesToStartWithOneDetectorTwiceInOneVersionNamingBothJars() throws IOException {
        Path one = new PluginJar()
                .detector("Same", "same", "\"\"", "")
                .version("1.0")
                .writeTo(jar("one"));
        Path two = new PluginJar()
                .detector("Same", "same", "\"\"", "")
                .version("1.0")
                .writeTo(jar("two"));

        assertThatThrownBy(() -> Plugins.load(folder, BUILD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("detector same of version \"1.0\" is there twice")
                .hasMessageContaining(one.toString())
                .hasMessageContaining(two.toString());
    }

    @Test
    void callsAFurtherVersionByItsVersionSoThatBothCanRun() throws IOException {
        new PluginJar().detector("Same", "same", "\"new\"", "").version("1.10").writeTo(jar("a-new"));
        new PluginJar().detector("Same", "same", "\"old\"", "").version("1.9").writeTo(jar("b-old"));

        plugins = Plugins.load(folder, BUILD);

        assertThat(plugins.catalog().find("same").orElseThrow().summary()).isEqualTo("old");
        assertThat(plugins.catalog().find("same@1.10").orElseThrow().summary()).isEqualTo("new");
    }

    @Test
    void readsDeclarationsOnce() throws IOException {
        new PluginJar()
                .detector("Fickle", "fickle", "\"\" + ++asked", "static int asked;")
                .writeTo(jar("fickle"));

        Plugin loaded = load("fickle");

        assertThat(loaded.detectors().get(0).summary())
                .isEqualTo(loaded.detectors().get(0).summary());
    }

    @Test
    void understandsRangesOfTheSpi() {
        SpiVersion version = new SpiVersion(1, 4);

        assertThat(List.of("1.0", "1.4", "[1.4,1.4]", "[1.0,2.0)", "(1.3, 2)")).allMatch(version::isIn);
        assertThat(List.of("1.5", "2", "(1.4,2.0)", "[1.0,1.4)")).noneMatch(version::isIn);
    }

    private Path jar(String plugin) {
        return folder.resolve(plugin).resolve(plugin + ".jar");
    }

    private Plugin load(String name) {
        close();
        plugins = Plugins.load(folder, BUILD);
        return plugins.catalog().plugins().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
