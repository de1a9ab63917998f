/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that say which test holds which promise name tests that exist. */
class DocumentedTestsTest {
    private static final Path ROOT = Path.of("..");
    /** {@code `SomeTest.method`}, and {@code `method`} behind it in the same cell, which is of the same class. */
    private static final Pattern NAMED = Pattern.compile("`(?:([A-Z]\\w*Test)\\.)?([a-z]\\w+)`");

    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

    @ParameterizedTest
    @ValueSource(strings = {"docs/contract-tests.md", "docs/delivery.md", "docs/errors.md"})
    void nameTestsThatExist(String table) throws IOException {
        Map<String, Set<String>> methods = methodsOfTests();
        TreeSet<String> missing = new TreeSet<>();
        int named = 0;
        for (String line : Files.readAllLines(ROOT.resolve(table))) {
            for (String cell : line.split("\\|")) {
                String ofClass = "";
                for (MatchResult name : NAMED.matcher(cell).results().toList()) {
                    ofClass = name.group(1) == null ? ofClass : name.group(1);
                    if (!ofClass.isEmpty()) {
                        named++;
                        if (!methods.getOrDefault(ofClass, Set.of()).contains(name.group(2))) {
                            missing.add(ofClass + "." + name.group(2));
                        }
                    }
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(30);
    }

    /** By the simple name of the class; two of one name count as one. */
    private static Map<String, Set<String>> methodsOfTests() throws IOException {
        Map<String, Set<String>> methods = new HashMap<>();
        for (String module : List.of("collector", "client-sdk", "cli", "detectors-builtin")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file -> METHOD.matcher(read(file))
                                .results()
                                .forEach(found -> methods.computeIfAbsent(
                                                file.getFileName().toString().replace(".java", ""),
                                                name -> new TreeSet<>())
                                        .add(found.group(1))));
            }
        }
        return methods;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
