/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A terminal in raw mode, showing its second page without a cursor. What the person had on it comes back at the end, also if the process is
 * asked to stop. Confined to one thread, but for {@link #close}.
 */
final class TerminalScreen implements Screen {
    /** What every terminal of today understands: cursor on, alternate screen off. */
    private static final String CURSOR_AND_SCREEN_BACK = "\u001b[?25h\u001b[?1049l";

    private final Terminal terminal;
    private final Attributes before;
    private final Display display;
    private final KeyDecoder keys;
    private final Thread atExit;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private Size size = Size.USUAL;

    TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
        this.display = new Display(terminal, true);
        this.keys = new KeyDecoder(terminal.reader()::read);
        // asking stty for the size starts a process: only when it has changed
        terminal.handle(Signal.WINCH, signal -> resized.set(true));
        this.before = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        // Ctrl-C and Ctrl-Z arrive as keys
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
        this.atExit = new Thread(this::restore, "tocsin-terminal-restore");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public Size size() {
        if (resized.getAndSet(false)) {
            org.jline.terminal.Size now = terminal.getSize();
            size = now.getColumns() < 1 || now.getRows() < 1 ? Size.USUAL : new Size(now.getColumns(), now.getRows());
            display.resize(now);
            display.clear();
        }
        return size;
    }

    @Override
    public Optional<KeyPress> key(long millis) {
        try {
            // the reader takes 0 for "without end"
            return keys.next(Math.max(1, millis));
        } catch (IOException e) {
            // the terminal is gone, and nobody is there to be told
            return Optional.of(KeyPress.of(KeyName.INTERRUPT));
        }
    }

    @Override
    public void show(List<AttributedString> lines) {
        // the process may be ending already, and what is there now is the person's own
        if (!closed.get()) {
            display.update(lines, -1);
        }
    }

    @Override
    public void forget() {
        display.clear();
    }

    @Override
    public void close() {
        if (!closed.get()) {
            restore();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // the process ends already, and has restored it
                return;
            }
        }
    }

    private void restore() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
            terminal.close();
        } catch (IllegalStateException e) {
            // the process ends, and the library's own hook was first: it gives back the modes, but not the screen
            System.out.print(CURSOR_AND_SCREEN_BACK);
            System.out.flush();
        } catch (IOException e) {
            System.getLogger(TerminalScreen.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing the terminal failed", e);
        }
    }
}
