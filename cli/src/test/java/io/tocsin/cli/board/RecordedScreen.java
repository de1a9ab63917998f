/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.KeyPress;
import io.tocsin.cli.terminal.Look;
import io.tocsin.cli.terminal.Screen;
import io.tocsin.cli.terminal.ScreenFactory;
import io.tocsin.cli.terminal.Size;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** Keeps what is shown, and presses the keys that a test wants. */
public final class RecordedScreen implements Screen, ScreenFactory {
    public final List<List<String>> shown = new ArrayList<>();
    public final Deque<KeyPress> keys = new ArrayDeque<>();
    public Size size = new Size(80, 24);
    public boolean closed;

    @Override
    public Size size() {
        return size;
    }

    @Override
    public Optional<KeyPress> key(long millis) {
        return Optional.ofNullable(keys.poll());
    }

    @Override
    public void show(List<AttributedString> lines) {
        shown.add(lines.stream().map(AttributedString::toString).toList());
    }

    @Override
    public void forget() {}

    @Override
    public Look look() {
        return Look.simplest();
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public Optional<Screen> open(Look look) {
        return Optional.of(this);
    }

    @Override
    public void close() {
        closed = true;
    }
}
