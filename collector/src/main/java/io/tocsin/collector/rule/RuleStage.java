/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

import java.util.Set;

/** The part of the detection stage that a rule belongs to, as operators switch it on and off. */
public enum RuleStage {
    /** Keeps an objective. */
    SLO("monitoring.slo.enabled"),
    /** Holds what it sees against what was usual; detectors of plugins, too. */
    ANOMALY("monitoring.anomaly-detection.enabled"),
    /** Holds what it sees against a limit that somebody has set: never switched off but by itself. */
    LIMIT("enabled");

    private static final String SLO_DETECTOR = "slo";
    private static final Set<String> LIMIT_DETECTORS = Set.of("outage", "threshold", "absence");

    private final String flag;

    RuleStage(String flag) {
        this.flag = flag;
    }

    /** Of a rule of this detector. */
    public static RuleStage of(String detector) {
        if (detector.equals(SLO_DETECTOR)) {
            return SLO;
        }
        return LIMIT_DETECTORS.contains(detector) ? LIMIT : ANOMALY;
    }

    /** The setting that switches it. */
    public String flag() {
        return flag;
    }
}
