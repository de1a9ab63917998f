/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.Map;

/** Text from elsewhere, such that a terminal shows it and does nothing else. Stateless. */
public final class SafeText {
    private static final Map<Integer, String> ASCII_FOR = Map.ofEntries(
            Map.entry((int) '…', "~"),
            Map.entry((int) '–', "-"),
            Map.entry((int) '—', "-"),
            Map.entry((int) '·', "-"),
            Map.entry((int) '×', "x"),
            Map.entry((int) 'µ', "u"),
            Map.entry((int) '’', "'"),
            Map.entry((int) '≥', ">="),
            Map.entry((int) '≤', "<="));

    private SafeText() {}

    /** The text with a space for each control sign; without {@code unicode}, with something like it or {@code ?} for the rest. */
    public static String of(String text, boolean unicode) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE) {
                safe.append(' ');
            } else if (unicode || c <= '~') {
                safe.appendCodePoint(c);
            } else {
                safe.append(ASCII_FOR.getOrDefault(c, "?"));
            }
        });
        return safe.toString();
    }
}
