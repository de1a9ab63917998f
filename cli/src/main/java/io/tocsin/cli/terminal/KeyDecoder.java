/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Keys from what a terminal sends for them: signs, control signs, and the sequences that xterm and its kin begin with escape. */
final class KeyDecoder {
    /** What follows an escape at once belongs to it; what a person types then does not. */
    private static final long SEQUENCE_MILLIS = 30;

    private static final int LONGEST_SEQUENCE = 16;
    private static final int ESCAPE = 27;
    private static final Map<String, KeyName> SEQUENCES = Map.ofEntries(
            Map.entry("[A", KeyName.UP),
            Map.entry("OA", KeyName.UP),
            Map.entry("[B", KeyName.DOWN),
            Map.entry("OB", KeyName.DOWN),
            Map.entry("[C", KeyName.RIGHT),
            Map.entry("OC", KeyName.RIGHT),
            Map.entry("[D", KeyName.LEFT),
            Map.entry("OD", KeyName.LEFT),
            Map.entry("[5~", KeyName.PAGE_UP),
            Map.entry("[6~", KeyName.PAGE_DOWN),
            Map.entry("[H", KeyName.HOME),
            Map.entry("OH", KeyName.HOME),
            Map.entry("[1~", KeyName.HOME),
            Map.entry("[F", KeyName.END),
            Map.entry("OF", KeyName.END),
            Map.entry("[4~", KeyName.END));

    private final Source source;
    /** What came after an escape that stood for itself. */
    private int pending = Source.NOTHING;

    /** Where signs come from. */
    @FunctionalInterface
    interface Source {
        /** Says that nothing came in time. */
        int NOTHING = -2;

        /** The next sign, {@link #NOTHING}, or -1 at the end. */
        int read(long millis) throws IOException;
    }

    KeyDecoder(Source source) {
        this.source = source;
    }

    /** The next key, or nothing within this time. */
    Optional<KeyPress> next(long millis) throws IOException {
        int first = pending == Source.NOTHING ? source.read(millis) : pending;
        pending = Source.NOTHING;
        return switch (first) {
            case Source.NOTHING -> Optional.empty();
            case -1, 3 -> Optional.of(KeyPress.of(KeyName.INTERRUPT));
            case '\r', '\n' -> Optional.of(KeyPress.of(KeyName.ENTER));
            case '\t' -> Optional.of(KeyPress.of(KeyName.TAB));
            case 12 -> Optional.of(KeyPress.of(KeyName.REDRAW));
            case ESCAPE -> Optional.of(sequence());
            default ->
                Optional.of(first < ' ' || first == 127 ? KeyPress.of(KeyName.OTHER) : KeyPress.of((char) first));
        };
    }

    private KeyPress sequence() throws IOException {
        StringBuilder sequence = new StringBuilder();
        int sign = source.read(SEQUENCE_MILLIS);
        if (sign != '[' && sign != 'O') {
            pending = sign;
            return KeyPress.of(KeyName.ESCAPE);
        }
        while (sign >= 0) {
            sequence.append((char) sign);
            boolean began = sequence.length() == 1 && (sign == '[' || sign == 'O');
            boolean ends = sign >= '@' && sign <= '~';
            if ((ends && !began) || sequence.length() == LONGEST_SEQUENCE) {
                break;
            }
            sign = source.read(SEQUENCE_MILLIS);
        }
        return KeyPress.of(SEQUENCES.getOrDefault(sequence.toString(), KeyName.OTHER));
    }
}
