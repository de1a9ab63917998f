/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.detection.RecordRows.RecordTap;
import io.tocsin.collector.engine.detection.TallyCell.TallyTap;
import io.tocsin.collector.engine.series.Producer;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.engine.series.Refusals;
import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.engine.series.SeriesListener;
import io.tocsin.collector.engine.window.GroupWindow;
import io.tocsin.collector.engine.window.WindowLedger;
import io.tocsin.collector.journal.EntryCodec;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Input;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rules: brings each series to the groups that want it, gives windows, tallies and records to their detectors, and hands on what those
 * judge, in (instant, rule, group) order.
 */
public final class DetectionStage implements SeriesListener {
    private record RuleName(String tenant, String name) implements Comparable<RuleName> {
        @Override
        public int compareTo(RuleName other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : name.compareTo(other.name);
        }
    }

    private static final System.Logger LOG = System.getLogger(DetectionStage.class.getName());
    private static final String SECTION = "detection";
    private static final int VERSION = 1;

    /** How much we can have listened while data was refused: less than all, no one knows how much. */
    private static final double REFUSED_COVERAGE = 0.5;

    private final DetectorCatalog catalog;
    private final WindowLedger windows;
    private final JudgementSink sink;
    private final RuleBoard board;
    private final long allowanceMillis;
    private final int maxGroups;
    private final Group.Host host;
    private final DetectionCounts counts = new DetectionCounts();

    private final TreeMap<RuleName, RuleWatch> running = new TreeMap<>();
    /** Rules that are disabled or cannot run, with the reason. */
    private final TreeMap<RuleName, RuleViews.RuleView> idle = new TreeMap<>();

    private final TreeMap<Long, StepClock> clocks = new TreeMap<>();
    private @Nullable SeriesTaps[] bySeries = new SeriesTaps[64];
    private final TallyCells cells = new TallyCells();
    private final List<TallyCell> dirtyCells = new ArrayList<>();
    private final List<Group> recorded = new ArrayList<>();
    private long nowMillis;

    public DetectionStage(
            DetectorCatalog catalog,
            WindowLedger windows,
            Refusals refusals,
            JudgementSink sink,
            RuleBoard board,
            long allowanceMillis,
            long lostCountsMillis,
            int maxFailures,
            int maxGroups) {
        this.catalog = catalog;
        this.windows = windows;
        this.sink = sink;
        this.board = board;
        this.allowanceMillis = allowanceMillis;
        this.maxGroups = maxGroups;
        Group.Listening listening = (member, tenant, start, end) -> {
            double alive = member.listened(start, end, lostCountsMillis);
            return alive > 0 && refusals.touch(tenant, start, end) ? Math.min(alive, REFUSED_COVERAGE) : alive;
        };
        this.host = new Group.Host(new Judgements(), new GroupWindow(), sink, listening, counts, maxFailures);
    }

    public DetectionCounts counts() {
        return counts;
    }

    /** Between entries, when no single record waits to be handed over; increments may. */
    public void save(StateWriter out, References references) {
        out.section(SECTION, VERSION);
        out.writeNumber(nowMillis);
        counts.save(out);
        out.writeSize(clocks.size());
        clocks.values().forEach(clock -> clock.save(out));
        out.writeSize(running.size());
        running.values().forEach(watch -> watch.save(out, references));
        out.writeSize(idle.size());
        idle.forEach((name, view) -> {
            out.writeText(name.tenant());
            out.write(bytes -> EntryCodec.write(view.rule(), bytes));
            out.writeText(view.problem());
        });
        out.writeSize(dirtyCells.size());
        dirtyCells.sort(Comparator.comparing(TallyCell::firstTap, TallyTap.ORDER));
        for (TallyCell cell : dirtyCells) {
            TallyTap tap = cell.firstTap();
            out.writeText(tap.group().rule().tenant());
            out.writeText(tap.group().rule().rule().name());
            out.write(tap.group().attributes());
            out.writeSize(tap.member());
            out.writeSize(tap.input());
            cell.save(out);
        }
    }

    /** Before any entry. A rule that cannot go on is idle, with the reason; nothing is judged, so its alerts stay as they are. */
    public void restore(StateReader in, References references) throws IOException {
        in.section(SECTION, VERSION);
        nowMillis = in.readNumber();
        counts.restore(in);
        references.forEachSeries(series -> put(series, new SeriesTaps()));
        for (int left = in.readCount(); left > 0; left--) {
            StepClock clock = StepClock.restore(in);
            clocks.put(clock.stepMillis(), clock);
        }
        for (int left = in.readCount(); left > 0; left--) {
            resume(SavedRule.read(in, references));
        }
        clocks.values().removeIf(clock -> clock.rules().isEmpty());
        for (int left = in.readCount(); left > 0; left--) {
            String tenant = in.readText();
            Rule rule = EntryCodec.readRule(in);
            idle.put(new RuleName(tenant, rule.name()), new RuleViews.RuleView(rule, in.readText(), 0, 0, 0));
        }
        for (int left = in.readCount(); left > 0; left--) {
            Optional<Group> group = group(in.readText(), in.readText(), in.readAttributes());
            int member = (int) in.readSize();
            int input = (int) in.readSize();
            Optional<TallyCell> cell = group.flatMap(known -> cells.find(new TallyTap(known, member, input)));
            if (cell.isPresent()) {
                cell.get().restore(in);
                dirtyCells.add(cell.get());
            } else {
                TallyCell.skip(in);
            }
        }
        publishRules();
    }

    private void resume(SavedRule saved) {
        Rule rule = saved.rule();
        RuleName name = new RuleName(saved.tenant(), rule.name());
        try {
            RuleWatch watch = watch(saved.tenant(), rule);
            watch.resume(saved, host, windows);
            running.put(name, watch);
            clocks.computeIfAbsent(rule.stepMillis(), step -> new StepClock(step, nowMillis))
                    .add(watch);
            watch.groups()
                    .forEach(group ->
                            group.forEachSource((series, member, input) -> tap(watch, group, series, member, input)));
        } catch (Throwable cannotRun) { // promise 7
            LOG.log(WARNING, "rule " + rule.name() + " does not run after the restart: " + problem(cannotRun));
            idle.put(name, new RuleViews.RuleView(rule, problem(cannotRun), 0, 0, 0));
        }
    }

    /** All groups, in order of rules, then of creation. */
    public List<Group> groups() {
        return running.values().stream()
                .flatMap(watch -> watch.groups().stream())
                .toList();
    }

    /** A group of a rule that runs. */
    public Optional<Group> group(String tenant, String rule, Attributes attributes) {
        return Optional.ofNullable(running.get(new RuleName(tenant, rule))).flatMap(watch -> watch.find(attributes));
    }

    /** Adds a rule, or replaces the one of that name, which starts from a clean state. */
    public void set(String tenant, Rule rule, List<Series> existing, long nowMillis) {
        remove(tenant, rule.name(), "rule changed", nowMillis);
        RuleName name = new RuleName(tenant, rule.name());
        if (rule.disabled()) {
            idle.put(name, new RuleViews.RuleView(rule, "", 0, 0, 0));
            return;
        }
        try {
            RuleWatch watch = watch(tenant, rule);
            running.put(name, watch);
            windows.keepFor(rule.stepMillis());
            clocks.computeIfAbsent(rule.stepMillis(), step -> new StepClock(step, nowMillis))
                    .add(watch);
            existing.forEach(series -> join(watch, series));
        } catch (Throwable cannotRun) { // promise 7: a plugin that cannot even begin costs its own rule alone
            idle.put(name, new RuleViews.RuleView(rule, problem(cannotRun), 0, 0, 0));
        }
    }

    private RuleWatch watch(String tenant, Rule rule) {
        return new RuleWatch(
                tenant,
                rule,
                catalog.find(rule.detector())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "detector \"" + rule.detector() + "\" is not known, there are " + catalog.names())),
                maxGroups);
    }

    private static String problem(Throwable cannotRun) {
        String message = cannotRun.getMessage();
        return message == null ? cannotRun.toString() : message;
    }

    /** Removes a rule if there is one of that name. */
    public void remove(String tenant, String ruleName, String why, long nowMillis) {
        RuleName name = new RuleName(tenant, ruleName);
        if (idle.remove(name) != null) {
            sink.gone(tenant, ruleName, why, nowMillis);
        }
        RuleWatch watch = running.remove(name);
        if (watch == null) {
            return;
        }
        watch.groups().forEach(cells::left);
        for (SeriesTaps taps : bySeries) {
            if (taps != null) {
                taps.left(watch);
            }
        }
        watch.groups().forEach(group -> end(group, why, nowMillis));
        StepClock clock = clocks.get(watch.rule().stepMillis());
        if (clock != null) {
            clock.remove(watch);
            if (clock.rules().isEmpty()) {
                clocks.remove(watch.rule().stepMillis());
            }
        }
    }

    private void end(Group group, String why, long nowMillis) {
        group.rule().remove(group);
        sink.gone(group, why, nowMillis);
        group.close();
    }

    @Override
    public void created(Series series) {
        put(series, new SeriesTaps());
        for (RuleWatch watch : running.values()) {
            if (watch.tenant().equals(series.tenant())) {
                join(watch, series);
            }
        }
    }

    private void put(Series series, SeriesTaps taps) {
        if (series.number() >= bySeries.length) {
            bySeries = Arrays.copyOf(bySeries, Math.max(series.number() + 1, bySeries.length * 2));
        }
        bySeries[series.number()] = taps;
    }

    private void join(RuleWatch watch, Series series) {
        for (int input = 0; input < watch.inputs().size(); input++) {
            if (watch.wants(series, input)) {
                Attributes key = series.key().attributes().only(watch.rule().groupBy());
                int wanted = input;
                watch.group(key, host).ifPresent(group -> join(watch, group, series, wanted));
            }
        }
    }

    private void join(RuleWatch watch, Group group, Series series, int input) {
        int member = group.add(series, windows.of(series), input, watch.inputs().get(input));
        tap(watch, group, series, member, input);
    }

    /** From here on, what comes of the series goes to the group, too. */
    private void tap(RuleWatch watch, Group group, Series series, int member, int input) {
        Input declared = watch.inputs().get(input);
        SeriesTaps taps = taps(series);
        taps.joined(group, group.member(member, declared));
        switch (declared.kind()) {
            case TALLIES ->
                taps.add(cells.cell(
                        watch,
                        new TallyTap(group, member, input),
                        declared.isPerMember(),
                        series.key().attributes()));
            case RECORDS -> taps.add(new RecordTap(group, member, input, declared.keys()));
            case OUTCOMES, MEASUREMENTS -> {
                if (watch.needsSeconds()) {
                    windows.of(series).needSeconds();
                }
            }
        }
    }

    private SeriesTaps taps(Series series) {
        SeriesTaps taps = bySeries[series.number()];
        if (taps == null) {
            throw new IllegalStateException("series " + series.key() + " does not exist any more");
        }
        return taps;
    }

    @Override
    public void fed(Series series, Producer by) {
        taps(series).fedBy(by);
    }

    @Override
    public void forgotten(Series series) {
        SeriesTaps taps = taps(series);
        bySeries[series.number()] = null;
        for (Group group : taps.groups()) {
            group.remove(series, nowMillis).ifPresent(member -> cells.left(group, member, taps.cells()));
            if (group.isEmpty()) {
                cells.left(group);
                end(group, "group gone", nowMillis);
            }
        }
    }

    /** Takes one record. */
    public void record(Series series, long timeMillis, double value, boolean failed, String error) {
        SeriesTaps taps = taps(series);
        if (taps.cells().length > 0) {
            long second = Math.floorDiv(timeMillis, 1_000L);
            for (TallyCell cell : taps.cells()) {
                if (cell.count(second, value, failed)) {
                    dirtyCells.add(cell);
                }
            }
        }
        for (RecordTap tap : taps.records()) {
            if (tap.group().recorded(tap, series, timeMillis, value, failed, error)) {
                recorded.add(tap.group());
            }
        }
    }

    /** A batch has been applied, or what time brought: single records go to those who want them. */
    public void handOverRecords(long arrivalMillis) {
        if (!recorded.isEmpty()) {
            recorded.sort(Comparator.comparing(Group::rule, StepClock.ORDER));
            recorded.forEach(group -> group.handOverRecords(arrivalMillis, nowMillis));
            recorded.clear();
        }
    }

    /** Engine time goes on: judges every window that may be, then hands over tallies. */
    public void advance(long engineMillis) {
        while (true) {
            long end = Long.MAX_VALUE;
            for (StepClock clock : clocks.values()) {
                end = Math.min(end, clock.nextEndMillis());
            }
            if (end == Long.MAX_VALUE || end + allowanceMillis > engineMillis) {
                break;
            }
            nowMillis = Math.max(nowMillis, end + allowanceMillis);
            judge(end);
        }
        nowMillis = Math.max(nowMillis, engineMillis);
        handOverTallies();
    }

    private void judge(long endMillis) {
        List<RuleWatch> due = new ArrayList<>();
        for (StepClock clock : clocks.values()) {
            if (clock.nextEndMillis() == endMillis) {
                due.addAll(clock.rules());
                clock.stepped();
            }
        }
        due.sort(StepClock.ORDER);
        due.forEach(watch -> watch.judge(endMillis, nowMillis));
    }

    /** Time begins here: steps that end before it are not judged. */
    public void begin(long millis) {
        clocks.values().forEach(clock -> clock.skipTo(millis));
    }

    /** Nothing is watched: steps up to here need not be gone through one by one. */
    public void skipIdleSteps(long engineMillis) {
        for (StepClock clock : clocks.values()) {
            if (clock.watchesNothing()) {
                clock.skipTo(engineMillis - allowanceMillis);
            }
        }
    }

    private void handOverTallies() {
        if (dirtyCells.isEmpty()) {
            return;
        }
        dirtyCells.forEach(TallyCell::drain);
        dirtyCells.clear();
        for (RuleWatch watch : running.values()) {
            watch.handOverTallies(nowMillis);
        }
    }

    /** Shows rules and what their detectors tell. */
    public void publish() {
        Map<String, List<RuleViews.GroupView>> groups = new TreeMap<>();
        for (RuleWatch watch : running.values()) {
            for (Group group : watch.groups()) {
                for (int member : group.memberNumbers()) {
                    Map<String, Double> gauges = group.gauges(member);
                    if (!gauges.isEmpty()) {
                        groups.computeIfAbsent(watch.tenant(), t -> new ArrayList<>())
                                .add(new RuleViews.GroupView(
                                        watch.rule().name(), group.attributes(member), Map.copyOf(gauges)));
                    }
                }
            }
        }
        board.showGroups(groups);
        publishRules();
    }

    /** Shows rules alone. */
    public void publishRules() {
        TreeMap<RuleName, RuleViews.RuleView> all = new TreeMap<>(idle);
        running.forEach((name, watch) -> all.put(name, watch.view()));
        Map<String, List<RuleViews.RuleView>> rules = new TreeMap<>();
        all.forEach((name, view) ->
                rules.computeIfAbsent(name.tenant(), t -> new ArrayList<>()).add(view));
        board.showRules(rules);
    }
}
