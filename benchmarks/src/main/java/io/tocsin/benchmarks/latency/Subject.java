/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A detector under test: its rule, and the incident that it shall find. Each has a metric of its own, so that one incident is
 * one trial of one detector.
 */
enum Subject {
    OUTAGE("outage", "", Judged.BY_BATCH),
    SLO(
            "slo",
            "type: availability, target: 0.9, window: 30d, alert-windows: [{short: 30s, long: 60s, factor: 5}]",
            Judged.BY_BATCH),
    LATENCY_SPIKE("latency-spike", "window-size: 30, warm-up: 8s", Judged.BY_WINDOW),
    ERROR_RATE_SPIKE("error-rate-spike", "window-size: 30, warm-up: 8s", Judged.BY_WINDOW),
    THROUGHPUT_DROP("throughput-drop", "window-size: 30, warm-up: 8s", Judged.BY_WINDOW),
    AGENT_FAILURE("agent-failure", "window-size: 30, warm-up: 8s", Judged.BY_WINDOW),
    THRESHOLD("threshold", "statistic: mean, above: 0.3, minimum-traffic: 5", Judged.BY_WINDOW),
    ABSENCE("absence", "for-at-least: 2s", Judged.BY_WINDOW);

    /** What makes a detector judge. */
    enum Judged {
        /** With each batch. */
        BY_BATCH,
        /** Once a window may be judged. */
        BY_WINDOW
    }

    static final String GROUP = "benchmark.group";
    static final String MEMBER = "benchmark.member";
    /** Of all rules. */
    static final int STEP_MILLIS = 1_000;

    private static final double USUAL_SECONDS = 0.1;
    private static final double SLOW_SECONDS = 0.6;
    private static final double BAD_SHARE = 0.6;

    final String detector;
    final Judged judged;
    private final String parameters;

    Subject(String detector, String parameters, Judged judged) {
        this.detector = detector;
        this.parameters = parameters;
        this.judged = judged;
    }

    String metric() {
        return "benchmark." + detector;
    }

    int members() {
        return this == AGENT_FAILURE ? 3 : 1;
    }

    /** Whether an alert of that kind is about what is proven here; an SLO has other kinds, too. */
    boolean isAbout(String kind) {
        return this != SLO || kind.startsWith("burn-");
    }

    boolean fallsSilent() {
        return this == THROUGHPUT_DROP || this == ABSENCE;
    }

    /** Latency of an outcome. */
    double seconds(boolean incident, double random) {
        boolean slow = incident && (this == LATENCY_SPIKE || this == THRESHOLD);
        return (slow ? SLOW_SECONDS : USUAL_SECONDS) * (0.9 + 0.2 * random);
    }

    /** Whether an outcome fails. */
    boolean fails(boolean incident, double random) {
        return incident && (this == ERROR_RATE_SPIKE || this == AGENT_FAILURE) && random < BAD_SHARE;
    }

    /** Of the collector: one rule for each, and no others. */
    static String configuration() {
        return "monitoring:\n  default-rules: false\n  rules:\n"
                + Arrays.stream(values()).map(Subject::rule).collect(Collectors.joining());
    }

    private String rule() {
        String members = members() > 1 ? ", member-by: [" + MEMBER + "]" : "";
        return "    - {name: " + detector + ", detector: " + detector + ", select: {metric: " + metric()
                + "}, group-by: [" + GROUP + "]" + members + ", step: " + STEP_MILLIS + "ms, parameters: {" + parameters
                + "}}\n";
    }

    static List<Subject> all() {
        return List.of(values());
    }
}
