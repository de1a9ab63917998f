/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.NamedTables.NamedTable;
import io.tocsin.collector.notify.Route;
import io.tocsin.collector.rule.Spelling;
import io.tocsin.collector.series.Matcher;
import io.tocsin.detectors.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the list under {@code monitoring.routes}. Stateless. */
final class RouteReader {
    static final String PATH = CollectorConfig.PREFIX + ".routes";

    static final List<String> KEYS = List.of(
            "where",
            "where-not",
            "min-severity",
            "channels",
            "continue",
            "group-by",
            "group-wait",
            "group-interval",
            "repeat-interval");

    private static final int MAX_ROUTES = 1_000;
    private static final int MAX_GROUP_BY = 8;
    private static final String NEVER = "never";
    private static final NamedTables ROUTES = new NamedTables(PATH, "route", MAX_ROUTES);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final Duration LONGEST_REPEAT = Duration.ofDays(30);

    private RouteReader() {}

    /** @param channels names of those that there are */
    static List<Route> read(Yaml list, String file, List<String> channels, SecretReader secrets, Problems problems) {
        List<Route> routes = new ArrayList<>();
        for (NamedTable table : ROUTES.read(list, file, secrets, problems)) {
            routes.add(route(table.reader(), channels));
        }
        return routes;
    }

    private static Route route(TableReader reader, List<String> channels) {
        reader.refuseAllBut(KEYS);
        reader.refuseKeysWithoutValue();
        List<Matcher> where = SelectorReader.matchers(reader);
        where.stream().filter(m -> m.key().equals(Route.SEVERITY)).forEach(m -> severities(reader, m));
        if (!reader.keys().contains("channels")) {
            reader.problem("channels", "must be set: names of channels, or [] to tell nobody");
        }
        List<String> to = reader.texts("channels");
        for (String name : to) {
            if (!channels.contains(name)) {
                reader.problem("channels", "name \"" + name + "\", which " + Spelling.unknown(name, channels));
            }
        }
        List<String> groupBy = reader.keys().contains("group-by") ? reader.texts("group-by") : Route.DEFAULT_GROUP_BY;
        if (groupBy.size() > MAX_GROUP_BY) {
            reader.problem("group-by", "must be at most " + MAX_GROUP_BY + " keys, were " + groupBy.size());
        }
        return new Route(
                where,
                RuleReader.severity(reader, "min-severity").orElse(Severity.INFO),
                to,
                reader.flag("continue").orElse(false),
                groupBy,
                wait(reader, "group-wait", Route.DEFAULT_GROUP_WAIT),
                wait(reader, "group-interval", Route.DEFAULT_GROUP_INTERVAL),
                repeat(reader));
    }

    private static void severities(TableReader reader, Matcher matcher) {
        List<String> known = Arrays.stream(Severity.values())
                .map(s -> s.name().toLowerCase(Locale.ROOT))
                .toList();
        for (String value : matcher.values()) {
            if (!known.contains(value)) {
                boolean asked =
                        matcher.operator() == Matcher.Operator.EQUAL || matcher.operator() == Matcher.Operator.IN;
                reader.problem(
                        asked ? "where" : "where-not",
                        "severity must be one of " + String.join(", ", known) + ", was \"" + value + "\"");
            }
        }
    }

    private static Duration wait(TableReader reader, String key, Duration byDefault) {
        return reader.scalar(
                        key, "a duration such as 1s or 5m, 0s to 1d", text -> length(text, Duration.ZERO, LONGEST_WAIT))
                .orElse(byDefault);
    }

    private static Optional<Duration> repeat(TableReader reader) {
        return reader.scalar("repeat-interval", "a duration such as 4h, 1s to 30d, or never", text -> {
                    Optional<Duration> interval = text.equals(NEVER)
                            ? Optional.empty()
                            : Optional.of(length(text, Duration.ofSeconds(1), LONGEST_REPEAT));
                    return interval;
                })
                .orElse(Optional.of(Route.DEFAULT_REPEAT_INTERVAL));
    }

    private static Duration length(String text, Duration least, Duration most) {
        Duration length = new DurationConverter().convert(text);
        if (length.compareTo(least) < 0 || length.compareTo(most) > 0) {
            throw new IllegalArgumentException(text);
        }
        return length;
    }
}
