/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast to replay.
 *
 * @param times as fast as recorded, above 0; infinite: as fast as it goes
 */
record Speed(double times) {
    /** {@code 60} or {@code max}. */
    static final class Converter implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            if (text.equals("max")) {
                return new Speed(Double.POSITIVE_INFINITY);
            }
            try {
                double times = Double.parseDouble(text);
                if (times > 0 && !Double.isInfinite(times)) {
                    return new Speed(times);
                }
            } catch (NumberFormatException e) {
                // said below, together with numbers that make no sense
            }
            throw new TypeConversionException("must be a number above 0, or max, was '" + text + "'");
        }
    }
}
