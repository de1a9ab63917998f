/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.engine.window.GroupWindow;
import io.tocsin.collector.engine.window.SeriesWindows;
import io.tocsin.collector.engine.window.WindowLedger;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Gauges;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The series that a rule sees as one, and the detector that watches them.
 */
public final class Group {
    /** What the groups of one engine share: scratch space and surroundings. */
    record Host(
            Judgements judgements,
            GroupWindow window,
            JudgementSink sink,
            Listening listening,
            DetectionCounts counts,
            int maxFailures) {}

    /** Tells how far a tenant was listened to. */
    interface Listening {
        double listened(Member member, String tenant, long startMillis, long endMillis);
    }

    /** Series of a member that are looked through for traces: an event must not hold the engine up. */
    private static final int MAX_SERIES_FOR_TRACES = 10_000;

    private static final BadRun[] NO_RUNS = new BadRun[0];
    /** What is judged begins where the member's run of failures does. */
    private static final long SINCE_RUN = Long.MIN_VALUE;

    private final RuleWatch rule;
    private final Attributes attributes;
    private final Host host;
    private final DetectorGuard guard;
    private final boolean slo;
    private final double allowedShare;
    /** Inputs that do not tell members apart; they show as member 0. */
    private Member whole;

    private boolean hasWhole;
    private final List<@Nullable Member> members = new ArrayList<>(1);
    private final Map<Attributes, Integer> numbers = new HashMap<>();
    private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>(0);
    /** By member; null where nothing was tallied. */
    private @Nullable BadRun[] runs = NO_RUNS;

    private final TallyRows tallies = new TallyRows();
    private final RecordRows records = new RecordRows();

    private Group(
            RuleWatch rule, Attributes attributes, DetectorGuard guard, boolean slo, double allowedShare, Host host) {
        this.rule = rule;
        this.attributes = attributes;
        this.host = host;
        this.guard = guard;
        this.slo = slo;
        this.allowedShare = allowedShare;
        this.whole = new Member(attributes, anyHasWindows(false));
    }

    /** A group that has seen nothing yet. */
    static Group begin(RuleWatch rule, Attributes attributes, Detector fresh, Host host) {
        DetectorGuard guard = new DetectorGuard(fresh, rule, attributes, host.counts(), host.maxFailures());
        Double target = guard.gauges(0).get(Gauges.SLO_TARGET);
        double allowed = target != null && target > 0 && target < 1 ? 1 - target : BadRun.USUAL_SHARE;
        return new Group(rule, attributes, guard, target != null, allowed, host);
    }

    /** The group that was saved, with a detector that has its state again. */
    static Group resume(RuleWatch rule, SavedGroup saved, Detector restored, Host host, WindowLedger windows) {
        DetectorGuard guard = new DetectorGuard(restored, rule, saved.attributes(), host.counts(), host.maxFailures());
        guard.resume(saved.standing());
        Group group = new Group(rule, saved.attributes(), guard, saved.slo(), saved.allowedShare(), host);
        group.takeOver(saved, windows);
        return group;
    }

    /** Its members, as they were saved. */
    void takeOver(SavedGroup saved, WindowLedger windows) {
        hasWhole = saved.hasWhole();
        whole = Member.restore(saved.whole(), anyHasWindows(false), windows);
        for (SavedMember one : saved.members()) {
            if (one != null) {
                numbers.put(one.attributes(), members.size());
            }
            members.add(one == null ? null : Member.restore(one, anyHasWindows(true), windows));
        }
        freeNumbers.addAll(saved.freeNumbers());
        runs = saved.runs();
    }

    /** Takes what a member is made of. */
    interface SourceAction {
        void accept(Series series, int member, int input);
    }

    void forEachSource(SourceAction action) {
        whole.forEachSource((series, input) -> action.accept(series, 0, input));
        for (int number = 0; number < members.size(); number++) {
            Member member = members.get(number);
            if (member != null) {
                int of = number;
                member.forEachSource((series, input) -> action.accept(series, of, input));
            }
        }
    }

    /** Between entries, when no record or increment waits to be handed over. */
    void save(StateWriter out, References references) {
        out.write(attributes);
        out.writeBoolean(slo);
        out.writeDouble(allowedShare);
        guard.save(out);
        out.writeBoolean(hasWhole);
        whole.save(out, references);
        out.writeSize(members.size());
        for (Member member : members) {
            out.writeBoolean(member != null);
            if (member != null) {
                member.save(out, references);
            }
        }
        out.writeSize(freeNumbers.size());
        freeNumbers.forEach(out::writeSize);
        out.writeSize(runs.length);
        for (BadRun run : runs) {
            out.writeBoolean(run != null);
            if (run != null) {
                run.save(out);
            }
        }
    }

    public RuleWatch rule() {
        return rule;
    }

    public Attributes attributes() {
        return attributes;
    }

    /** Attributes of the group, and of the member where members are told apart. */
    public Attributes attributes(int member) {
        Member known = member < members.size() ? members.get(member) : null;
        return known == null ? attributes : attributes.and(known.attributes());
    }

    /** Whether the detector shows itself as an SLO. */
    public boolean isSlo() {
        return slo;
    }

    boolean isSetAside() {
        return guard.isSetAside();
    }

    boolean isFailing() {
        return guard.isFailing();
    }

    /** Adds a series; returns its member's number. */
    int add(Series series, SeriesWindows windows, int input, Input declared) {
        if (!declared.isPerMember()) {
            hasWhole = true;
            whole.add(series, windows, input);
            return 0;
        }
        Attributes key = series.key().attributes().only(rule.rule().memberBy());
        int number = numbers.computeIfAbsent(key, k -> {
            Integer free = freeNumbers.poll();
            int chosen = free == null ? members.size() : free;
            Member created = new Member(k, anyHasWindows(true));
            if (free == null) {
                members.add(created);
            } else {
                members.set(chosen, created);
            }
            return chosen;
        });
        Member member = members.get(number);
        if (member != null) {
            member.add(series, windows, input);
        }
        return number;
    }

    /** The member of that number, or the whole group for an input that does not tell members apart. */
    Member member(int number, Input declared) {
        Member member = declared.isPerMember() ? members.get(number) : whole;
        if (member == null) {
            throw new IllegalStateException("group " + attributes + " has no member " + number);
        }
        return member;
    }

    boolean tellsMembersApart(int input) {
        return rule.inputs().get(input).isPerMember();
    }

    /** Takes a series out; returns the number of the member that is gone with it, if one is. */
    OptionalInt remove(Series series, long atMillis) {
        hasWhole &= !whole.remove(series);
        Integer number = numbers.get(series.key().attributes().only(rule.rule().memberBy()));
        Member member = number == null ? null : members.get(number);
        if (number != null && member != null && member.remove(series)) {
            members.set(number, null);
            numbers.remove(member.attributes());
            freeNumbers.add(number);
            if (number < runs.length) {
                runs[number] = null;
            }
            guarded("forget", d -> d.forget(number), atMillis, atMillis, atMillis);
            host.sink().gone(this, number, atMillis);
            return OptionalInt.of(number);
        }
        return OptionalInt.empty();
    }

    /** Nothing is left of it. */
    boolean isEmpty() {
        return !hasWhole && numbers.isEmpty();
    }

    /** Gives the detector every window of the step that ends there, then the step. */
    void judge(long startMillis, long endMillis, long atMillis) {
        if (guard.isSetAside()) {
            return;
        }
        int last = Math.max(members.size(), hasWhole ? 1 : 0);
        for (int number = 0; number < last; number++) {
            for (int input = 0; input < rule.inputs().size(); input++) {
                Input declared = rule.inputs().get(input);
                Member member = declared.isPerMember() ? memberAt(number) : number == 0 && hasWhole ? whole : null;
                if (member != null && hasWindows(declared) && member.startedBefore(endMillis / 1_000)) {
                    judge(member, number, input, startMillis, endMillis, atMillis);
                }
            }
        }
        guarded(
                "step",
                d -> d.step(endMillis, host.judgements()),
                runs.length == 0 ? startMillis : SINCE_RUN,
                endMillis,
                atMillis);
        guard.stepEnded();
    }

    private @Nullable Member memberAt(int number) {
        return number < members.size() ? members.get(number) : null;
    }

    private boolean anyHasWindows(boolean perMember) {
        return rule.inputs().stream().anyMatch(input -> input.isPerMember() == perMember && hasWindows(input));
    }

    private static boolean hasWindows(Input input) {
        return input.kind() == Input.Kind.OUTCOMES || input.kind() == Input.Kind.MEASUREMENTS;
    }

    private void judge(Member member, int number, int input, long startMillis, long endMillis, long atMillis) {
        double coverage = host.listening().listened(member, rule.tenant(), startMillis, endMillis);
        GroupWindow window = host.window();
        window.begin(number, input, startMillis, endMillis, coverage, attributes(number));
        member.forEachOf(input, window::add);
        host.counts().windows++;
        guarded(
                "observe(Window)",
                d -> d.observe((Window) window, host.judgements()),
                startMillis,
                endMillis,
                atMillis);
    }

    /** Increments arrived; they are handed over at the tick. */
    void tallied(int member, int input, long second, long[] counts, int base) {
        if (tallies.isEmpty()) {
            rule.tallied(this);
        }
        tallies.add(member, input, second, counts, base);
    }

    void handOverTallies(long nowMillis) {
        tallies.now(nowMillis);
        for (int row = 0; row < tallies.size(); row++) {
            run(tallies.member(row)).add(tallies.second(row), tallies.all(row), tallies.overOrFailed(row));
        }
        guarded("observe(Tallies)", d -> d.observe(tallies, host.judgements()), SINCE_RUN, Long.MAX_VALUE, nowMillis);
        tallies.clear();
    }

    private BadRun run(int member) {
        if (member >= runs.length) {
            runs = Arrays.copyOf(runs, Math.max(member + 1, runs.length * 2));
        }
        BadRun run = runs[member];
        if (run == null) {
            run = new BadRun(allowedShare);
            runs[member] = run;
        }
        return run;
    }

    /** Single records arrived; they are handed over at the end of their batch. True for the first. */
    boolean recorded(
            RecordRows.RecordTap tap, Series series, long timeMillis, double value, boolean failed, String error) {
        boolean first = records.isEmpty();
        records.add(tap, series.key().attributes(), timeMillis, value, failed, error);
        return first;
    }

    void handOverRecords(long arrivalMillis, long nowMillis) {
        records.arrived(arrivalMillis);
        guarded(
                "observe(Records)",
                d -> d.observe(records, host.judgements()),
                records.earliestMillis(),
                Long.MAX_VALUE,
                nowMillis);
        records.clear();
    }

    /**
     * Calls the detector and hands on what it judges.
     *
     * @param fromMillis where the records begin that are judged, or {@link #SINCE_RUN}
     * @param untilMillis where they end
     */
    private void guarded(String method, DetectorGuard.Call call, long fromMillis, long untilMillis, long atMillis) {
        if (guard.isSetAside()) {
            return;
        }
        Judgements judgements = host.judgements();
        judgements.begin(Math.max(1, members.size()));
        if (guard.call(method, call) && judgements.size() > 0 && !isAbandoned()) {
            for (int i = 0; i < judgements.size(); i++) {
                Judgement judgement = judgements.get(i);
                judgement.about(
                        fromMillis == SINCE_RUN ? run(judgement.member()).sinceMillis() : fromMillis, untilMillis);
                host.sink().judged(this, judgement, atMillis);
            }
        }
        judgements.clear();
    }

    /** Traces that show what was judged, of requests that ended at {@code fromMillis} or later. */
    public List<String> exampleTraces(Judgement judgement, long fromMillis) {
        Member member = memberAt(judgement.member());
        ExampleTraces examples = new ExampleTraces(judgement.isAboutLatency() || rule.hasThreshold());
        (member == null ? whole : member)
                .forEachTraced(
                        Math.min(fromMillis, judgement.fromMillis()),
                        judgement.untilMillis(),
                        MAX_SERIES_FOR_TRACES,
                        examples::take);
        return examples.ids();
    }

    private boolean isAbandoned() {
        boolean any = false;
        if (hasWhole) {
            any = true;
            if (!whole.isAbandoned()) {
                return false;
            }
        }
        for (Member member : members) {
            if (member != null) {
                any = true;
                if (!member.isAbandoned()) {
                    return false;
                }
            }
        }
        return any;
    }

    /** What the detector tells of a member; empty if it throws. */
    Map<String, Double> gauges(int member) {
        return guard.gauges(member);
    }

    /** Numbers of members that exist; 0 where members are not told apart. */
    List<Integer> memberNumbers() {
        if (numbers.isEmpty()) {
            return List.of(0);
        }
        return numbers.values().stream().sorted().toList();
    }

    void close() {
        guard.close();
    }
}
