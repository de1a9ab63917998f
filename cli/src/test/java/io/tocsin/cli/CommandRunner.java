/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.terminal.ScreenFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Runs a command line as the process would, and keeps what it wrote. */
public final class CommandRunner {
    public static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final ChannelFactory channels;
    private final ScreenFactory screens;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public CommandRunner(ChannelFactory channels) {
        this(channels, ScreenFactory.none());
    }

    /** In a terminal. */
    public CommandRunner(ChannelFactory channels, ScreenFactory screens) {
        this.channels = channels;
        this.screens = screens;
    }

    public int run(String... args) {
        Console console = Console.plain(new PrintWriter(out, true), new PrintWriter(err, true));
        return TocsinMain.commandLine(console, channels, InstantSource.fixed(NOW), screens)
                .execute(args);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    public List<String> lines() {
        return out.toString().lines().toList();
    }
}
