/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version of the detector SPI, and the range that a plugin's manifest may ask for. Immutable. */
record SpiVersion(int major, int minor) implements Comparable<SpiVersion> {
    /** What this collector offers. The minor grows with each addition, the major never under the same package. */
    static final SpiVersion OFFERED = new SpiVersion(1, 0);

    static final String ATTRIBUTE = "Tocsin-SPI-Version";
    static final String ALLOWED =
            "a least version such as 1.0, or a range such as [1.0,2.0), where [ and ] include the end";

    private static final String NUMBER = "(\\d{1,6})(?:\\.(\\d{1,6}))?";
    private static final Pattern LEAST = Pattern.compile(NUMBER);
    private static final Pattern RANGE =
            Pattern.compile("([\\[(])\\s*" + NUMBER + "\\s*,\\s*" + NUMBER + "\\s*([\\])])");

    /**
     * Whether this version is in a range.
     *
     * @throws IllegalArgumentException if the text is no range
     */
    boolean isIn(String range) {
        Matcher least = LEAST.matcher(range.strip());
        if (least.matches()) {
            return compareTo(version(least, 1)) >= 0;
        }
        Matcher both = RANGE.matcher(range.strip());
        if (!both.matches()) {
            throw new IllegalArgumentException(ATTRIBUTE + " must be " + ALLOWED + ", was \"" + range + "\"");
        }
        int fromLow = compareTo(version(both, 2));
        int fromHigh = compareTo(version(both, 4));
        return (both.group(1).equals("[") ? fromLow >= 0 : fromLow > 0)
                && (both.group(6).equals("]") ? fromHigh <= 0 : fromHigh < 0);
    }

    private static SpiVersion version(Matcher matcher, int group) {
        String minor = matcher.group(group + 1);
        return new SpiVersion(Integer.parseInt(matcher.group(group)), minor == null ? 0 : Integer.parseInt(minor));
    }

    @Override
    public int compareTo(SpiVersion other) {
        int byMajor = Integer.compare(major, other.major);
        return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
