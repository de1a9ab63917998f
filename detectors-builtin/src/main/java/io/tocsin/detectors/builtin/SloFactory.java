/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.time.Duration;
import java.util.List;

/** {@code slo}: a service level objective over a rolling window, and alerts while its error budget burns too fast. */
public final class SloFactory implements DetectorFactory {
    static final Parameter<String> TYPE = Parameter.choice(
                    "type",
                    "what is good: availability and error-rate count failures, latency counts those slower than"
                            + " latency, throughput counts outcomes a second",
                    "availability",
                    "latency",
                    "error-rate",
                    "throughput")
            .withDefault("availability");
    static final Parameter<Double> TARGET = Parameter.decimal(
                    "target", "share of good outcomes, as 0.999; of throughput: outcomes a second")
            .above(0.0)
            .withDefault(0.999);
    static final Parameter<Double> LATENCY = Parameter.decimal("latency", "outcomes slower than this are bad")
            .above(0.0)
            .withUnit("s")
            .withDefault(Double.POSITIVE_INFINITY);
    static final Parameter<Duration> WINDOW = Parameter.duration("window", "length of the rolling window")
            .atLeast(Duration.ofMinutes(1))
            .atMost(Duration.ofDays(100))
            .withDefault(Duration.ofDays(30));
    static final Parameter<Duration> SHORT = Parameter.duration("short", "window that tells when it is over")
            .atLeast(Duration.ofSeconds(1))
            .atMost(Duration.ofDays(100));
    static final Parameter<Duration> LONG = Parameter.duration("long", "window that tells that it matters")
            .atLeast(Duration.ofSeconds(2))
            .atMost(Duration.ofDays(100));
    static final Parameter<Double> FACTOR = Parameter.decimal(
                    "factor", "how many times too fast the budget burns in both windows")
            .above(0.0);
    static final Parameter<List<Parameters>> ALERT_WINDOWS = Parameter.table(
                    "alert-windows",
                    "an alert for each row; those longer than window are left out",
                    SHORT,
                    LONG,
                    FACTOR)
            .withDefaultText("short=5m long=1h factor=14.4; short=30m long=6h factor=6;"
                    + " short=2h long=1d factor=3; short=6h long=3d factor=1");
    static final Parameter<Duration> FAST_WINDOW = Parameter.duration(
                    "fast-window",
                    "length of the window of the fast-burn alert; half and a quarter of it are tried, too")
            .atLeast(Duration.ofSeconds(4))
            .atMost(Duration.ofMinutes(4))
            .withDefault(Duration.ofSeconds(60));
    static final Parameter<Double> FAST_FACTOR = Parameter.decimal(
                    "fast-factor", "how many times too fast the budget burns at least for the fast-burn alert")
            .above(0.0)
            .withDefault(7.2);
    static final Parameter<Double> MULTIPLIER =
            Parameter.decimal("multiplier", "multiplies all factors").above(0.0).withDefault(1.0);
    static final Parameter<Long> MINIMUM_BAD = Parameter.whole(
                    "minimum-bad", "bad outcomes that the short window needs")
            .atLeast(1L)
            .withDefault(3L);
    static final Parameter<Long> MINIMUM_TRAFFIC = Parameter.whole(
                    "minimum-traffic", "outcomes that a window needs; with fewer it cannot tell")
            .atLeast(1L)
            .withDefault(10L);
    static final Input REQUESTS = Input.tallies("requests", "that the objective is about", LATENCY);

    /** Made by the service loader. */
    public SloFactory() {}

    @Override
    public String name() {
        return "slo";
    }

    @Override
    public String summary() {
        return "A service level objective: its budget burns too fast, or it is breached.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(REQUESTS);
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(
                TYPE,
                TARGET,
                LATENCY,
                WINDOW,
                ALERT_WINDOWS,
                FAST_WINDOW,
                FAST_FACTOR,
                MULTIPLIER,
                MINIMUM_BAD,
                MINIMUM_TRAFFIC);
    }

    @Override
    public Detector create(Parameters parameters) {
        boolean throughput = parameters.get(TYPE).equals("throughput");
        double target = parameters.get(TARGET);
        if (!throughput && target >= 1) {
            parameters.reject(TARGET, "must be a share below 1 unless type is throughput, was " + target);
        }
        if (parameters.get(TYPE).equals("latency") == Double.isInfinite(parameters.get(LATENCY))) {
            parameters.reject(
                    LATENCY,
                    "must be set if type is latency, and only then; was " + LATENCY.format(parameters.get(LATENCY))
                            + " with type " + parameters.get(TYPE));
        }
        boolean fits = checkAlertWindows(parameters);
        if (throughput) {
            return new ThroughputObjective(parameters);
        }
        return fits && target < 1 ? new Slo(parameters) : new Rejected();
    }

    private static boolean checkAlertWindows(Parameters parameters) {
        boolean fits = true;
        for (Parameters row : parameters.get(ALERT_WINDOWS)) {
            if (row.get(SHORT).compareTo(row.get(LONG)) >= 0) {
                parameters.reject(
                        ALERT_WINDOWS,
                        "must have short below long in each row, was short=" + SHORT.format(row.get(SHORT)) + " long="
                                + LONG.format(row.get(LONG)) + " factor=" + FACTOR.format(row.get(FACTOR)));
                fits = false;
            }
        }
        return fits;
    }

    /** The rows of {@link #ALERT_WINDOWS} that an objective can have: none looks further back than its window. */
    static List<Parameters> alertWindows(Parameters parameters) {
        Duration window = parameters.get(WINDOW);
        return parameters.get(ALERT_WINDOWS).stream()
                .filter(row -> row.get(LONG).compareTo(window) <= 0)
                .toList();
    }
}
