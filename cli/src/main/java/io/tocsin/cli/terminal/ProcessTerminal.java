/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.TerminalBuilder;

/**
 * The terminal that the process was started from. It has a full screen if standard input and output are a terminal (the starting script
 * says so) and its {@code TERM} is not {@code dumb}. Immutable.
 *
 * @param inAndOut whether both are a terminal
 * @param environment the process's
 */
public record ProcessTerminal(boolean inAndOut, Map<String, String> environment) implements ScreenFactory {
    public ProcessTerminal {
        environment = Map.copyOf(environment);
    }

    /** The process's own. */
    public static ProcessTerminal ofProcess() {
        return new ProcessTerminal(
                Boolean.getBoolean("tocsin.in.terminal") && Boolean.getBoolean("tocsin.out.terminal"), System.getenv());
    }

    @Override
    public Look look() {
        return Look.of(environment);
    }

    @Override
    public boolean available() {
        String type = environment.getOrDefault("TERM", "");
        return inAndOut && !type.isEmpty() && !type.equals("dumb");
    }

    @Override
    public Optional<Screen> open(Look look) {
        if (!available()) {
            return Optional.empty();
        }
        // lines are drawn with signs of their own where there are any; switched character sets confuse whoever copies
        // text
        System.setProperty("org.jline.utils.disableAlternateCharset", "true");
        try {
            // by stty, so that no native code is loaded
            return Optional.of(new TerminalScreen(TerminalBuilder.builder()
                    .system(true)
                    .provider("exec")
                    .dumb(false)
                    .encoding(StandardCharsets.UTF_8)
                    .build()));
        } catch (IOException | IllegalStateException e) {
            System.getLogger(ProcessTerminal.class.getName())
                    .log(System.Logger.Level.WARNING, "no full screen: " + e.getMessage());
            return Optional.empty();
        }
    }
}
