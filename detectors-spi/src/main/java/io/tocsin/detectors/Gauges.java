/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

/**
 * Names of the gauges that the collector's views understand when a detector tells them in {@link Detector#inspect}. Any other name is
 * shown as it is.
 */
public final class Gauges {
    /** Lower end of what is usual now, in the unit of what is judged. */
    public static final String EXPECTED_LOW = "expected.low";
    /** Upper end of what is usual now. */
    public static final String EXPECTED_HIGH = "expected.high";

    /** An SLO's target: a share, 0 to 1, or events per second. A detector that tells this is shown as an SLO. */
    public static final String SLO_TARGET = "slo.target";
    /** Length of an SLO's rolling window, in seconds. */
    public static final String SLO_WINDOW = "slo.window";
    /** Good events in an SLO's window. */
    public static final String SLO_GOOD = "slo.good";
    /** All events in an SLO's window. */
    public static final String SLO_TOTAL = "slo.total";
    /** Share of good events attained, or events per second. */
    public static final String SLO_ATTAINED = "slo.attained";
    /** Share of an SLO's error budget that is left; negative when overspent. */
    public static final String SLO_BUDGET_REMAINING = "slo.budget.remaining";
    /** How often an SLO was breached. */
    public static final String SLO_BREACHES = "slo.breaches";
    /** 1 while an SLO is breached, else 0. */
    public static final String SLO_BREACHED = "slo.breached";
    /** How fast the budget burns; followed by the window: {@code slo.burn.5m}. */
    public static final String SLO_BURN = "slo.burn.";

    private Gauges() {}
}
