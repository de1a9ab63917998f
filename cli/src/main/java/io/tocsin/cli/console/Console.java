/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes. Results go to {@code out}, everything about getting there to {@code err}. Immutable;
 * the writers are thread-safe.
 *
 * @param out standard output
 * @param err standard error
 * @param outIsTerminal a person watches {@code out}
 * @param errIsTerminal a person watches {@code err}
 * @param colours whether {@code out} may be coloured
 */
public record Console(PrintWriter out, PrintWriter err, boolean outIsTerminal, boolean errIsTerminal, boolean colours) {
    /**
     * The process's own. The starting script says what is a terminal ({@code tocsin.out.terminal}, {@code
     * tocsin.err.terminal}), since Java tells it for both at once only, and not at all from JDK 22 on.
     */
    public static Console ofProcess() {
        boolean outIsTerminal = Boolean.getBoolean("tocsin.out.terminal");
        return new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                outIsTerminal,
                Boolean.getBoolean("tocsin.err.terminal"),
                outIsTerminal && System.getenv("NO_COLOR") == null);
    }

    /** For tests and pipes: nothing is a terminal. */
    public static Console plain(PrintWriter out, PrintWriter err) {
        return new Console(out, err, false, false, false);
    }

    /** The same without colours and without lines that are written over. */
    public Console plain() {
        return plain(out, err);
    }

    /** Text in a colour, where colours are wanted. */
    public String paint(Colour colour, String text) {
        return colours ? colour.begin() + text + Colour.END : text;
    }
}
