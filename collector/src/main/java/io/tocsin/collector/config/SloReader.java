/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.DeclaredRules.Declared;
import io.tocsin.collector.config.NamedTables.NamedTable;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the list under {@code monitoring.slos}: rules of detector slo in the words of objectives. What only the detector knows is checked later,
 * by RuleCheck. Stateless.
 */
final class SloReader {
    static final String PATH = CollectorConfig.PREFIX + ".slos";

    /** Keys that are the detector's parameters as they are. */
    private static final List<String> PARAMETERS =
            List.of("type", "window", "fast-window", "fast-factor", "multiplier", "minimum-bad", "minimum-traffic");

    static final List<String> KEYS = List.of(
            "name",
            "description",
            "type",
            "target",
            "latency",
            "window",
            "select",
            "group-by",
            "alert-windows",
            "fast-window",
            "fast-factor",
            "multiplier",
            "minimum-bad",
            "minimum-traffic",
            "step",
            "keep-firing-for",
            "cooldown",
            "clear-below",
            "severity",
            "labels",
            "enabled");

    private static final NamedTables SLOS = new NamedTables(PATH, "SLO", RuleReader.MAX_RULES);
    private static final String DETECTOR = "slo";
    private static final String THROUGHPUT = "throughput";
    private static final String SHARE = "a share such as 99.9% or 0.999";
    /** Fine is a little better than the limit, so that a share that hovers at it makes one alert: as our own SLOs have it. */
    private static final double CLEAR_BELOW = 0.9;

    private static final long KEEP_FIRING_MILLIS = 60_000;
    private static final DurationConverter DURATIONS = new DurationConverter();

    private SloReader() {}

    /** In the order of the list; what is wrong with one is reported, and the rest of it still read. */
    static List<Declared> read(Yaml list, String file, SecretReader secrets, Problems problems) {
        return SLOS.read(list, file, secrets, problems).stream()
                .map(SloReader::declared)
                .toList();
    }

    private static Declared declared(NamedTable table) {
        TableReader reader = table.reader();
        reader.refuseAllBut(KEYS);
        reader.refuseKeysWithoutValue();
        Rule rule = new Rule(
                reader.requiredText("name"),
                DETECTOR,
                inputs(reader),
                reader.texts("group-by"),
                List.of(),
                reader.millis("step").orElse(Rule.DEFAULT_STEP_MILLIS),
                parameters(reader),
                0,
                reader.millis("keep-firing-for").orElse(KEEP_FIRING_MILLIS),
                reader.millis("cooldown").orElse(0L),
                reader.decimal("clear-below").orElse(CLEAR_BELOW),
                1,
                RuleReader.severity(reader),
                RuleReader.labels(reader),
                !reader.flag("enabled").orElse(true),
                reader.text("description").orElse(""),
                Origin.FILE);
        return new Declared(rule, table, true);
    }

    private static List<RuleInput> inputs(TableReader slo) {
        if (!slo.keys().contains("select")) {
            slo.problem("select", "must be set, as select: {metric: gen_ai.invoke_agent.duration}");
        }
        return slo.table("select", "{metric: gen_ai.invoke_agent.duration}")
                .flatMap(SelectorReader::read)
                .map(selector -> List.of(new RuleInput("", selector)))
                .orElse(List.of());
    }

    private static Map<String, String> parameters(TableReader slo) {
        Map<String, String> parameters = new TreeMap<>();
        for (String key : PARAMETERS) {
            slo.text(key).ifPresent(text -> parameters.put(key, text));
        }
        target(slo).ifPresent(target -> parameters.put("target", target));
        slo.scalar("latency", "a duration such as 2s or 500ms", SloReader::seconds)
                .ifPresent(seconds -> parameters.put("latency", seconds));
        slo.rowsOrText("alert-windows").ifPresent(rows -> parameters.put("alert-windows", rows));
        return parameters;
    }

    private static Optional<String> target(TableReader slo) {
        boolean isRate = slo.text("type").filter(THROUGHPUT::equals).isPresent();
        if (!slo.keys().contains("target")) {
            slo.problem("target", "must be set, as " + (isRate ? "target: 50 (outcomes a second)" : "target: 99.9%"));
        }
        return isRate
                ? slo.scalar("target", "a number of outcomes a second", SloReader::number)
                : slo.scalar("target", SHARE, SloReader::share);
    }

    private static String number(String text) {
        return new BigDecimal(text.strip()).toPlainString();
    }

    private static String share(String text) {
        String stripped = text.strip();
        BigDecimal share = stripped.endsWith("%")
                ? new BigDecimal(stripped.substring(0, stripped.length() - 1).strip()).movePointLeft(2)
                : new BigDecimal(stripped);
        if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("no share above 0 and below 1: " + text);
        }
        return share.stripTrailingZeros().toPlainString();
    }

    private static String seconds(String text) {
        Duration duration = DURATIONS.convert(text);
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
