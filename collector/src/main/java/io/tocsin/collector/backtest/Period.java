/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

/**
 * What of the past is reported: alerts that fire at any time in it. What is before it warms the detectors up; what is after it is not read.
 *
 * @param fromMillis engine time; 0: from the beginning
 * @param toMillis engine time, not in it; Long.MAX_VALUE: to the end
 */
public record Period(long fromMillis, long toMillis) {
    public static final Period ALL = new Period(0, Long.MAX_VALUE);

    public Period {
        if (fromMillis >= toMillis) {
            throw new IllegalArgumentException("must end after it begins, was " + fromMillis + " to " + toMillis);
        }
    }
}
