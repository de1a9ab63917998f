/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.tocsin.detectors.DetectorFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The detector in CONTRIBUTING.md is what people copy first: it compiles and keeps every promise. */
class ContributingTest {
    private static final Path GUIDE = Path.of("..", "CONTRIBUTING.md");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String NAME = "com.example.TooQuietFactory";

    @TempDir
    private Path folder;

    private URLClassLoader loader;

    @BeforeEach
    void compileTheExample() throws IOException {
        Matcher block = JAVA_BLOCK.matcher(Files.readString(GUIDE));
        assertThat(block.find()).as("CONTRIBUTING.md has a block of Java").isTrue();
        Path source = Files.writeString(folder.resolve("TooQuietFactory.java"), block.group(1));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-Xlint:all",
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("the example compiles: %s", problems).isTrue();
        }
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(DetectorFactory.class.getName()), NAME + "\n");
        loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        TooQuietContract.loader = loader;
    }

    @AfterEach
    void closeTheLoader() throws IOException {
        loader.close();
    }

    @Test
    void itsDetectorKeepsTheContract() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(TooQuietContract.class))
                .execute()
                .testEvents();

        assertThat(tests.succeeded().count()).isPositive();
        assertThat(tests.failed().stream()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .map(Throwable::getMessage)))
                .as("promises that the example breaks")
                .isEmpty();
    }

    /** Run by the test above alone. */
    static final class TooQuietContract extends DetectorContract {
        private static ClassLoader loader = ContributingTest.class.getClassLoader();

        @Override
        protected DetectorFactory factory() {
            try {
                return (DetectorFactory)
                        Class.forName(NAME, true, loader).getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }
}
