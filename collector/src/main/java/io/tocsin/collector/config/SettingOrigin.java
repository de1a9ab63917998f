/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Who has given a setting its value. Immutable.
 *
 * @param words as messages say it: "tocsin.yaml line 3"
 */
public record SettingOrigin(Kind kind, String words) {
    /** The strongest first. */
    public enum Kind {
        COMMAND_LINE,
        ENVIRONMENT,
        FILE,
        PROFILE,
        DEFAULT;

        /** As programs read it: "command-line". */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static final SettingOrigin COMMAND_LINE = new SettingOrigin(Kind.COMMAND_LINE, "command line");
    static final SettingOrigin DEFAULT = new SettingOrigin(Kind.DEFAULT, "default");

    static SettingOrigin variable(String name) {
        return new SettingOrigin(Kind.ENVIRONMENT, "environment variable " + name);
    }

    static SettingOrigin profile(Profile profile) {
        return new SettingOrigin(Kind.PROFILE, "profile " + profile.word());
    }

    /**
     * A line of a file.
     *
     * @param profile whose section it stands in; empty: in none's
     */
    static SettingOrigin line(String file, int line, Optional<Profile> profile) {
        return new SettingOrigin(
                Kind.FILE,
                file + " line " + line
                        + profile.map(p -> ", profile " + p.word()).orElse(""));
    }
}
