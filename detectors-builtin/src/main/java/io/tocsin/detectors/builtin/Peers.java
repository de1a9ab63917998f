/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.util.Arrays;

/**
 * What all members of a group do now, so that each can be compared with the others. Peers excuse, they never accuse: where the others
 * have the same trouble it is not one agent's, and where they are better than usual nobody is the worse for it.
 */
final class Peers {
    /** Nobody to compare with. */
    static final Peers NONE = new Peers();

    private final double[] amounts = new double[RecentSums.maxSpans()];
    private final double[] weights = new double[RecentSums.maxSpans()];

    void clear() {
        Arrays.fill(amounts, 0);
        Arrays.fill(weights, 0);
    }

    void add(Past member) {
        for (int span = 0; span < member.spans(); span++) {
            amounts[span] += member.amount(span);
            weights[span] += member.weight(span);
        }
    }

    /** How the others fare, neutral unless they have enough traffic. */
    double excuse(Past member, int span, double minimumWeight) {
        double neutral = member.neutral();
        double weight = weights[span] - member.weight(span);
        if (!(weight >= minimumWeight)) {
            return neutral;
        }
        double others = (amounts[span] - member.amount(span)) / weight;
        return member.direction() > 0 ? Math.max(neutral, others) : Math.min(neutral, others);
    }
}
