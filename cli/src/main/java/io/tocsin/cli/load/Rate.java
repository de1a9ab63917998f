/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.load;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How much load.
 *
 * @param perSecond outcomes a second, 1 or more; {@link #MAX}: as many as the collector takes
 */
record Rate(long perSecond) {
    static final long MAX = Long.MAX_VALUE;

    boolean isMax() {
        return perSecond == MAX;
    }

    /** {@code 5000} or {@code max}. */
    static final class Converter implements ITypeConverter<Rate> {
        private static final long MOST = 100_000_000;

        @Override
        public Rate convert(String text) {
            if (text.equals("max")) {
                return new Rate(MAX);
            }
            try {
                long perSecond = Long.parseLong(text);
                if (perSecond >= 1 && perSecond <= MOST) {
                    return new Rate(perSecond);
                }
            } catch (NumberFormatException e) {
                // said below, together with numbers that make no sense
            }
            throw new TypeConversionException("must be 1 to " + MOST + ", or max, was '" + text + "'");
        }
    }
}
