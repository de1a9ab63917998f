/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.Locale;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * What a terminal can show. Immutable.
 *
 * @param colours whether colours may be used; without them there is bold and inverse
 * @param unicode whether signs beyond ASCII may be used
 */
public record Look(boolean colours, boolean unicode) {
    private static final int ORANGE = 208;

    /** By what the environment says: {@code NO_COLOR}, and whether the locale is one of UTF-8. */
    public static Look of(Map<String, String> environment) {
        String locale = environment.getOrDefault("LC_ALL", "");
        locale = locale.isEmpty() ? environment.getOrDefault("LC_CTYPE", "") : locale;
        locale = locale.isEmpty() ? environment.getOrDefault("LANG", "") : locale;
        String upper = locale.toUpperCase(Locale.ROOT);
        return new Look(
                environment.getOrDefault("NO_COLOR", "").isEmpty(), upper.contains("UTF-8") || upper.contains("UTF8"));
    }

    /** Neither colours nor signs beyond ASCII. */
    public static Look simplest() {
        return new Look(false, false);
    }

    /** Text in a tone; what a terminal would obey, and what it cannot show, is replaced. */
    public AttributedString text(Tone tone, String text) {
        return new AttributedString(SafeText.of(text, unicode), style(tone));
    }

    /** The sign in Unicode, or what stands for it in ASCII. */
    public String sign(String inUnicode, String inAscii) {
        return unicode ? inUnicode : inAscii;
    }

    /** Says that something was cut. */
    String ellipsis() {
        return sign("…", "~");
    }

    private AttributedStyle style(Tone tone) {
        AttributedStyle style = AttributedStyle.DEFAULT;
        return switch (tone) {
            case PLAIN -> style;
            case STRONG -> style.bold();
            case DIM -> colours ? style.foreground(AttributedStyle.BLACK + AttributedStyle.BRIGHT) : style;
            case GOOD -> colours ? style.foreground(AttributedStyle.GREEN) : style;
            case WARN -> colours ? style.foreground(AttributedStyle.YELLOW) : style;
            case BAD -> colours ? style.foreground(ORANGE).bold() : style.bold();
            case ALARM ->
                colours
                        ? style.foreground(AttributedStyle.WHITE + AttributedStyle.BRIGHT)
                                .background(AttributedStyle.RED)
                                .bold()
                        : style.bold().inverse();
            case HEADING -> colours ? style.foreground(AttributedStyle.CYAN).bold() : style.bold();
            case BAR -> style.inverse();
        };
    }
}
