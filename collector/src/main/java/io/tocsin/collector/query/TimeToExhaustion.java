/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import java.util.Map;
import java.util.OptionalLong;

/**
 * When an error budget is spent. A burn of 1 spends exactly the budget in the SLO's window, in which old failures leave as new ones come: only
 * what burns faster spends it. Of the windows in which it does, the shortest tells best how it burns now.
 */
final class TimeToExhaustion {
    private TimeToExhaustion() {}

    /** In milliseconds; empty if it does not burn so, or is spent. */
    static OptionalLong millis(double budgetRemaining, long windowMillis, Map<String, Double> burnRates) {
        if (!(budgetRemaining > 0)) {
            return OptionalLong.empty();
        }
        long shortest = Long.MAX_VALUE;
        double rate = 0;
        for (Map.Entry<String, Double> burn : burnRates.entrySet()) {
            long length = secondsOf(burn.getKey());
            if (burn.getValue() > 1 && length < shortest) {
                shortest = length;
                rate = burn.getValue();
            }
        }
        return rate > 1 ? OptionalLong.of((long) (budgetRemaining * windowMillis / rate)) : OptionalLong.empty();
    }

    /** Of a window's name: "30s", "5m", "1h", "3d"; those of other names come last. */
    private static long secondsOf(String window) {
        if (window.length() < 2) {
            return Long.MAX_VALUE - 1;
        }
        long unit = switch (window.charAt(window.length() - 1)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            default -> 0;
        };
        try {
            long amount = Long.parseLong(window.substring(0, window.length() - 1));
            return unit == 0 ? Long.MAX_VALUE - 1 : Math.multiplyExact(amount, unit);
        } catch (NumberFormatException | ArithmeticException e) {
            return Long.MAX_VALUE - 1;
        }
    }
}
