/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.v1.Gap;

/** What a gap in a subscription means, in words. Stateless. */
public final class GapText {
    private GapText() {}

    /** {@code missed changes 12 to 48, which are older than what the collector keeps}. */
    public static String of(Gap gap) {
        String which = gap.getFromEvent() == gap.getToEvent()
                ? "missed change " + gap.getFromEvent()
                : "missed changes " + gap.getFromEvent() + " to " + gap.getToEvent();
        // of another run nobody knows how many there were
        boolean counted = gap.getFromEvent() > 0 && gap.getToEvent() >= gap.getFromEvent();
        return (counted ? which : "missed changes") + ": " + why(gap.getReason());
    }

    private static String why(String reason) {
        return switch (reason) {
            case "expired" -> "they are older than what the collector keeps";
            case "slow" -> "they came faster than they were read here";
            case "restarted" -> "the collector was started anew without its data";
            default -> reason;
        };
    }
}
