/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.detection.Group;
import io.tocsin.collector.engine.detection.Judgement;
import io.tocsin.collector.engine.detection.JudgementSink;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the life of every alert: pending, firing, acknowledged, resolved. A judgement moves it; no judgement leaves it as it is, so silence never resolves one.
 *
 * <p>A score of 1 or more is bad, below the rule's {@code clear_below} is fine, between the two an alert stays what it is.
 *
 * <p>One that is acknowledged fires anew when it becomes more severe; who took care of it before stays on record.
 */
public final class AlertLifecycle implements JudgementSink {
    /** Cells of one group: by kind, then by member. */
    private static final class Cells {
        final Map<String, List<@Nullable AlertCell>> byKind = new LinkedHashMap<>();

        @Nullable
        AlertCell find(int member, String kind) {
            List<@Nullable AlertCell> cells = byKind.get(kind);
            return cells == null || member >= cells.size() ? null : cells.get(member);
        }

        AlertCell make(int member, String kind) {
            List<@Nullable AlertCell> cells = byKind.computeIfAbsent(kind, k -> new ArrayList<>(1));
            while (cells.size() <= member) {
                cells.add(null);
            }
            AlertCell cell = new AlertCell();
            cells.set(member, cell);
            return cell;
        }

        void save(StateWriter out) {
            out.writeSize(byKind.size());
            byKind.forEach((kind, cells) -> {
                out.writeText(kind);
                out.writeSize(cells.size());
                for (AlertCell cell : cells) {
                    out.writeBoolean(cell != null);
                    if (cell != null) {
                        cell.save(out);
                    }
                }
            });
        }

        static Cells restore(StateReader in) throws IOException {
            Cells restored = new Cells();
            for (int left = in.readCount(); left > 0; left--) {
                List<@Nullable AlertCell> cells = new ArrayList<>();
                restored.byKind.put(in.readText(), cells);
                for (int more = in.readCount(); more > 0; more--) {
                    cells.add(in.readBoolean() ? AlertCell.restore(in) : null);
                }
            }
            return restored;
        }

        void forEach(Consumer<AlertCell> action) {
            for (List<@Nullable AlertCell> cells : byKind.values()) {
                for (AlertCell cell : cells) {
                    if (cell != null) {
                        action.accept(cell);
                    }
                }
            }
        }
    }

    /** A group by name: it may not be there. */
    private record GroupName(String tenant, String rule, Attributes attributes) implements Comparable<GroupName> {
        private static final Comparator<GroupName> ORDER = Comparator.comparing(GroupName::tenant)
                .thenComparing(GroupName::rule)
                .thenComparing(GroupName::attributes);

        static GroupName of(Group group) {
            return new GroupName(group.rule().tenant(), group.rule().rule().name(), group.attributes());
        }

        @Override
        public int compareTo(GroupName other) {
            return ORDER.compare(this, other);
        }
    }

    /** Finds a group that exists. */
    public interface Groups {
        Optional<Group> find(String tenant, String rule, Attributes attributes);
    }

    private static final String SECTION = "alerts";
    private static final int VERSION = 1;

    private final int partition;
    private final EventSink sink;
    /** By identity of groups; never iterated over. */
    private final Map<Group, Cells> byGroup = new HashMap<>();

    /** Cells of alerts that are not resolved, by the alert's id; never iterated over. */
    private final Map<String, AlertCell> open = new HashMap<>();

    /** Of groups whose rule could not go on after a restart: nobody judges them, so they stay as they are until the rule is set again or removed. */
    private final TreeMap<GroupName, Cells> frozen = new TreeMap<>();

    private boolean beginsAlerts = true;
    private long events;
    private long offset;

    public AlertLifecycle(int partition, EventSink sink) {
        this.partition = partition;
        this.sink = sink;
    }

    /** @param groups all that exist */
    public void save(StateWriter out, List<Group> groups) {
        out.section(SECTION, VERSION);
        out.writeBoolean(beginsAlerts);
        out.writeSize(events);
        TreeMap<GroupName, Cells> all = new TreeMap<>(frozen);
        for (Group group : groups) {
            Cells cells = byGroup.get(group);
            if (cells != null) {
                all.put(GroupName.of(group), cells);
            }
        }
        out.writeSize(all.size());
        all.forEach((name, cells) -> {
            out.writeText(name.tenant());
            out.writeText(name.rule());
            out.write(name.attributes());
            cells.save(out);
        });
    }

    public void restore(StateReader in, Groups groups) throws IOException {
        in.section(SECTION, VERSION);
        beginsAlerts = in.readBoolean();
        events = in.readSize();
        for (int left = in.readCount(); left > 0; left--) {
            GroupName name = new GroupName(in.readText(), in.readText(), in.readAttributes());
            Cells cells = Cells.restore(in);
            groups.find(name.tenant(), name.rule(), name.attributes())
                    .ifPresentOrElse(group -> byGroup.put(group, cells), () -> frozen.put(name, cells));
            cells.forEach(cell -> {
                if (cell.alert != null) {
                    open.put(cell.alert.id(), cell);
                }
            });
        }
    }

    /** The journal entry that is being applied. */
    public void applying(long entryOffset) {
        offset = entryOffset;
    }

    /** Whether alerts may begin from here on; those that have begun go on either way. */
    public void begins(boolean alerts) {
        beginsAlerts = alerts;
    }

    /** Ids of those that are not resolved, in no order. */
    public Set<String> open() {
        return Set.copyOf(open.keySet());
    }

    /** Number of the last event. */
    public long events() {
        return events;
    }

    @Override
    public void judged(Group group, Judgement judgement, long atMillis) {
        Rule rule = group.rule().rule();
        double score = judgement.score() * rule.sensitivity();
        boolean bad = score >= 1;
        Cells cells = byGroup.get(group);
        AlertCell cell = cells == null ? null : cells.find(judgement.member(), judgement.kind());
        if (cell == null || cell.alert == null) {
            if (bad) {
                AlertCell owner = cell != null
                        ? cell
                        : byGroup.computeIfAbsent(group, g -> new Cells()).make(judgement.member(), judgement.kind());
                owner.badFromMillis = Math.min(owner.badFromMillis, judgement.fromMillis());
                if (beginsAlerts && atMillis >= owner.quietUntilMillis) {
                    begin(owner, group, judgement, score, atMillis);
                }
            } else if (cell != null) {
                cell.badFromMillis = Long.MAX_VALUE;
            }
            return;
        }
        if (bad) {
            stillBad(cell, cell.alert, group, judgement, score, atMillis);
        } else {
            notBad(cell, cell.alert, rule, score, atMillis);
        }
    }

    /** Somebody takes care of an alert; nothing happens unless it fires. */
    public void acknowledge(Entry.AlertAcknowledged told, long atMillis) {
        AlertCell cell = open.get(told.alertId());
        Alert alert = cell == null ? null : cell.alert;
        if (cell != null
                && alert != null
                && alert.tenant().equals(told.tenant())
                && alert.state().isFiring()) {
            change(cell, alert.acknowledged(told.by(), told.note(), atMillis), Optional.of(alert.state()));
        }
    }

    private void begin(AlertCell cell, Group group, Judgement judgement, double score, long atMillis) {
        Rule rule = group.rule().rule();
        Attributes of = group.attributes(judgement.member());
        String dedupKey = rule.name() + "/" + judgement.kind() + of;
        boolean firing = rule.forMillis() == 0;
        cell.fineSinceMillis = Long.MAX_VALUE;
        long problemSinceMillis = Math.min(cell.badFromMillis, atMillis);
        cell.badFromMillis = Long.MAX_VALUE;
        change(
                cell,
                new Alert(
                        group.rule().tenant(),
                        AlertId.of(group.rule().tenant(), dedupKey, partition, offset, events + 1),
                        dedupKey,
                        firing ? AlertState.FIRING : AlertState.PENDING,
                        severity(rule, judgement),
                        rule.name(),
                        rule.detector(),
                        group.isSlo(),
                        judgement.kind(),
                        of,
                        rule.labels(),
                        judgement.evidence(rule.sensitivity()),
                        atMillis,
                        firing ? atMillis : 0,
                        0,
                        atMillis,
                        0,
                        score,
                        "",
                        rule.description(),
                        Optional.empty(),
                        problemSinceMillis,
                        group.exampleTraces(judgement, problemSinceMillis)),
                Optional.empty());
    }

    private void stillBad(AlertCell cell, Alert alert, Group group, Judgement judgement, double score, long atMillis) {
        Rule rule = group.rule().rule();
        cell.fineSinceMillis = Long.MAX_VALUE;
        boolean fires = alert.state() == AlertState.PENDING && atMillis - alert.startedMillis() >= rule.forMillis();
        Severity now = severity(rule, judgement);
        boolean worse = alert.state().isFiring() && now.compareTo(alert.severity()) > 0;
        Alert atWorst = score > alert.peakScore() ? alert.atPeak(score, judgement.evidence(rule.sensitivity())) : alert;
        if (fires || worse) {
            Alert firing =
                    atWorst.firing(worse ? now : alert.severity(), fires ? atMillis : alert.firedMillis(), atMillis);
            List<String> traces = group.exampleTraces(judgement, alert.problemSinceMillis());
            change(
                    cell,
                    traces.isEmpty()
                            ? firing
                            : firing.change().exampleTraceIds(traces).build(),
                    Optional.of(alert.state()));
        } else {
            cell.alert = atWorst;
        }
    }

    private void notBad(AlertCell cell, Alert alert, Rule rule, double score, long atMillis) {
        if (alert.state() == AlertState.PENDING) {
            resolve(cell, alert, "recovered", atMillis);
            return;
        }
        if (score >= rule.clearBelow()) {
            cell.fineSinceMillis = Long.MAX_VALUE;
            return;
        }
        cell.fineSinceMillis = Math.min(cell.fineSinceMillis, atMillis);
        if (atMillis - cell.fineSinceMillis >= rule.keepFiringMillis()) {
            resolve(cell, alert, "recovered", atMillis);
            cell.quietUntilMillis = atMillis + rule.cooldownMillis();
        }
    }

    /** Keeps the evidence of its worst, so that one can still read what happened. */
    private void resolve(AlertCell cell, Alert alert, String why, long atMillis) {
        change(cell, alert.resolved(why, atMillis), Optional.of(alert.state()));
        open.remove(alert.id());
        cell.alert = null;
        cell.fineSinceMillis = Long.MAX_VALUE;
    }

    private static Severity severity(Rule rule, Judgement judgement) {
        return rule.severity().or(judgement::proposed).orElse(Severity.MEDIUM);
    }

    private void change(AlertCell cell, Alert alert, Optional<AlertState> previous) {
        events++;
        Alert numbered = alert.withLastEvent(events);
        cell.alert = numbered;
        open.put(numbered.id(), cell);
        sink.append(new AlertEvent(
                events,
                alert.id() + "." + events,
                alert.changedMillis(),
                new Position(partition, offset),
                previous,
                numbered));
    }

    @Override
    public void gone(Group group, int member, long atMillis) {
        Cells cells = byGroup.get(group);
        if (cells != null) {
            for (List<@Nullable AlertCell> byMember : cells.byKind.values()) {
                if (member < byMember.size()) {
                    end(byMember.get(member), "group gone", atMillis);
                    byMember.set(member, null);
                }
            }
        }
    }

    @Override
    public void gone(Group group, String why, long atMillis) {
        Cells cells = byGroup.remove(group);
        if (cells != null) {
            cells.forEach(cell -> end(cell, why, atMillis));
        }
    }

    @Override
    public void gone(String tenant, String rule, String why, long atMillis) {
        Iterator<Map.Entry<GroupName, Cells>> all = frozen.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<GroupName, Cells> one = all.next();
            if (one.getKey().tenant().equals(tenant) && one.getKey().rule().equals(rule)) {
                one.getValue().forEach(cell -> end(cell, why, atMillis));
                all.remove();
            }
        }
    }

    private void end(@Nullable AlertCell cell, String why, long atMillis) {
        if (cell != null && cell.alert != null) {
            resolve(cell, cell.alert, why, atMillis);
        }
    }
}
