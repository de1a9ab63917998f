/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.detectors.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which alerts go to which channels, and how they are grouped on the way. Alertmanager's words. Immutable.
 *
 * @param where all must hold; keys are {@link #RULE} and its kin, else attributes of the group and labels of the rule
 * @param channels by name; none: whoever matches is told to nobody
 * @param goesOn whether routes after this one are tried for what it takes
 * @param groupBy keys as in {@code where}, or {@link #ALERT}
 * @param groupWait how long the first of a group, or worse news, waits for company
 * @param groupInterval how long a group is silent after it spoke, unless the news is worse than what it said
 * @param repeatInterval how often a group that fires says so again; empty: never
 */
public record Route(
        List<Matcher> where,
        Severity minSeverity,
        List<String> channels,
        boolean goesOn,
        List<String> groupBy,
        Duration groupWait,
        Duration groupInterval,
        Optional<Duration> repeatInterval) {

    public static final String RULE = "rule";
    public static final String DETECTOR = "detector";
    public static final String KIND = "kind";
    public static final String SEVERITY = "severity";
    public static final String TENANT = "tenant";
    /** Each alert is a group of its own. */
    public static final String ALERT = "alert";

    public static final Duration DEFAULT_GROUP_WAIT = Duration.ofSeconds(1);
    public static final Duration DEFAULT_GROUP_INTERVAL = Duration.ofMinutes(1);
    public static final Duration DEFAULT_REPEAT_INTERVAL = Duration.ofHours(4);
    public static final List<String> DEFAULT_GROUP_BY = List.of(RULE);
    /** Of routes that are made for whoever declares none. */
    public static final Severity DEFAULT_MIN_SEVERITY = Severity.MEDIUM;

    public Route {
        where = List.copyOf(where);
        channels = List.copyOf(channels);
        groupBy = List.copyOf(groupBy);
    }

    /** All that is medium or worse, to these channels, with our defaults; routes after it are tried. */
    public static Route toAll(List<String> channels) {
        return new Route(
                List.of(),
                DEFAULT_MIN_SEVERITY,
                channels,
                true,
                DEFAULT_GROUP_BY,
                DEFAULT_GROUP_WAIT,
                DEFAULT_GROUP_INTERVAL,
                Optional.of(DEFAULT_REPEAT_INTERVAL));
    }

    /** Those that take an alert, in order. */
    static List<Route> taking(List<Route> routes, Alert alert) {
        List<Route> taking = new ArrayList<>();
        for (Route route : routes) {
            if (route.matches(alert)) {
                taking.add(route);
                if (!route.goesOn()) {
                    break;
                }
            }
        }
        return taking;
    }

    boolean matches(Alert alert) {
        return alert.severity().compareTo(minSeverity) >= 0
                && where.stream().allMatch(matcher -> matcher.matches(value(alert, matcher.key())));
    }

    /** Values of the group-by keys; the tenant is always one, as no notification may speak of two. */
    Attributes groupOf(Alert alert) {
        Map<String, String> values = new TreeMap<>();
        values.put(TENANT, alert.tenant());
        for (String key : groupBy) {
            String value = value(alert, key);
            if (!value.isEmpty()) {
                values.put(key, value);
            }
        }
        return Attributes.of(values);
    }

    private static String value(Alert alert, String key) {
        return switch (key) {
            case RULE -> alert.rule();
            case DETECTOR -> alert.detector();
            case KIND -> alert.kind();
            case SEVERITY -> alert.severity().name().toLowerCase(Locale.ROOT);
            case TENANT -> alert.tenant();
            case ALERT -> alert.dedupKey();
            default ->
                alert.group().get(key).isEmpty()
                        ? alert.labels().get(key)
                        : alert.group().get(key);
        };
    }
}
