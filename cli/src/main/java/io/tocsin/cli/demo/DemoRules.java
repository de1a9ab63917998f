/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.console.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The demo's rules, as a file that one can look at and start from. Immutable.
 *
 * @param file where they were written
 * @param text what they are
 */
record DemoRules(Path file, String text) implements AutoCloseable {
    private static final String RESOURCE = "demo-rules.yaml";

    /** Writes them into a new folder of the system's temporary one, which goes when the demo ends. */
    static DemoRules write() {
        try (InputStream in = DemoRules.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Path file = Files.createTempDirectory("tocsin-demo-").resolve(RESOURCE);
            return new DemoRules(Files.writeString(file, text), text);
        } catch (IOException e) {
            throw new CommandFailure("cannot write the demo's rules into the temporary folder: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            System.getLogger(DemoRules.class.getName())
                    .log(System.Logger.Level.DEBUG, "the demo's rules stay at " + file, e);
        }
    }
}
