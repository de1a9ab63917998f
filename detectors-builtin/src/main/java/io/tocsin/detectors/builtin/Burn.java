/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

/**
 * A rate at which an error budget burns: 1 spends it exactly in the objective's window. Compared in whole numbers, so that a limit is the same
 * on every machine: targets in millionths, factors in thousandths.
 *
 * <p>No burn can exceed 1 / (1 - target), when all is bad: at targets below 93.06 %, 14.4 could never be exceeded. A factor is therefore at most
 * nine tenths of that: it then takes nine in ten to be bad.
 */
final class Burn {
    private static final long MILLION = 1_000_000;
    private static final double GREATEST_SHARE_OF_ALL_BAD = 0.9;

    private final long budgetMillionths;
    private final long factorThousandths;

    private Burn(long budgetMillionths, long factorThousandths) {
        this.budgetMillionths = budgetMillionths;
        this.factorThousandths = factorThousandths;
    }

    /** Rate 1 for a target, a share below 1. A budget is at least a millionth. */
    static Burn budget(double target) {
        long budget = Math.round((1 - target) * MILLION);
        return new Burn(Math.max(1, Math.min(budget, MILLION)), 1000);
    }

    /** So many times as fast, within what can be exceeded. */
    Burn times(double factor) {
        double greatest = GREATEST_SHARE_OF_ALL_BAD * MILLION / budgetMillionths;
        return new Burn(budgetMillionths, Math.max(1, Math.round(Math.min(factor, greatest) * 1000)));
    }

    boolean isExceeded(long bad, long all) {
        // 128-bit products: counts may be any
        long limit = factorThousandths * budgetMillionths;
        long left = 1000 * MILLION;
        int high = Long.compare(Math.multiplyHigh(bad, left), Math.multiplyHigh(all, limit));
        return high > 0 || (high == 0 && Long.compareUnsigned(bad * left, all * limit) > 0);
    }

    /** How many times too fast this burns; 0 without events. */
    double rate(long bad, long all) {
        return all <= 0 ? 0 : (double) bad / all * MILLION / budgetMillionths;
    }

    double factor() {
        return factorThousandths / 1000.0;
    }

    /** Share of events that the budget allows to be bad. */
    double share() {
        return (double) budgetMillionths / MILLION;
    }
}
