/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.engine.window.WindowLedger;
import io.tocsin.collector.journal.EntryCodec;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.rule.RuleParameters;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule that runs: its detector's declarations, its groups. */
public final class RuleWatch {
    private static final System.Logger LOG = System.getLogger(RuleWatch.class.getName());

    private final String tenant;
    private final Rule rule;
    private final DetectorFactory factory;
    private final List<Input> inputs;
    private final List<Selector> selectors;
    private final RuleParameters parameters;
    private final int maxGroups;
    private final int stateFormat;
    private final Map<Attributes, Group> groups = new LinkedHashMap<>();
    /** Groups with increments since the last tick, in no order. */
    private final List<Group> tallied = new ArrayList<>();

    private long failures;
    private String lastFailure = "";
    /** Detectors that did since this process began. */
    private long startedOver;

    /**
     * @throws IllegalArgumentException if the rule does not fit the detector; it was checked before, but perhaps against another version
     */
    RuleWatch(String tenant, Rule rule, DetectorFactory factory, int maxGroups) {
        this.tenant = tenant;
        this.rule = rule;
        this.factory = factory;
        this.inputs = List.copyOf(factory.inputs());
        this.selectors = inputs.stream()
                .map(input -> selectorOf(rule, input, inputs.size()))
                .toList();
        this.parameters = RuleParameters.read(rule.parameters(), factory.parameters());
        this.maxGroups = maxGroups;
        this.stateFormat = factory.stateFormat();
        if (!parameters.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", parameters.problems()));
        }
        factory.create(parameters).close();
        if (!parameters.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", parameters.problems()));
        }
    }

    private static Selector selectorOf(Rule rule, Input input, int inputCount) {
        for (RuleInput bound : rule.inputs()) {
            if (bound.input().equals(input.name()) || (bound.input().isEmpty() && inputCount == 1)) {
                return bound.selector();
            }
        }
        throw new IllegalArgumentException("input " + input.name() + " has no selector");
    }

    public String tenant() {
        return tenant;
    }

    void save(StateWriter out, References references) {
        out.writeText(tenant);
        out.write(bytes -> EntryCodec.write(rule, bytes));
        out.writeText(declaredInputs());
        out.writeSize(stateFormat);
        out.writeSize(failures);
        out.writeText(lastFailure);
        out.writeSize(groups.size());
        groups.values().forEach(group -> group.save(out, references));
    }

    /** What the saved form of members rests on. */
    private String declaredInputs() {
        StringBuilder text = new StringBuilder();
        inputs.forEach(input -> text.append(input.name())
                .append(input.isPerMember() ? " per member " : " ")
                .append(input.kind())
                .append(input.keys())
                .append('\n'));
        return text.toString();
    }

    /**
     * Goes on where it was saved. A group whose detector cannot be made is not watched, as when it is new.
     *
     * @throws IllegalArgumentException if the detector declares other inputs than it did
     */
    void resume(SavedRule saved, Group.Host host, WindowLedger windows) {
        if (!declaredInputs().equals(saved.declaredInputs())) {
            throw new IllegalArgumentException("detector " + rule.detector()
                    + " declares other inputs than before the restart; set the rule again to begin anew");
        }
        failures = saved.failures();
        lastFailure = saved.lastFailure();
        for (SavedGroup group : saved.groups()) {
            create(host)
                    .flatMap(fresh -> resume(group, saved.stateFormat(), fresh, host, windows))
                    .ifPresent(resumed -> groups.put(group.attributes(), resumed));
        }
    }

    private Optional<Group> resume(
            SavedGroup saved, int stateFormat, Detector fresh, Group.Host host, WindowLedger windows) {
        if (saved.standing().setAside()) {
            return Optional.of(Group.resume(this, saved, fresh, host, windows));
        }
        String why = "its state was not saved";
        try {
            if (saved.state().isPresent()) {
                fresh.restore(stateFormat, saved.state().get());
                return Optional.of(Group.resume(this, saved, fresh, host, windows));
            }
        } catch (Throwable thrown) { // a plugin may throw anything: it starts over (promise 15)
            why = "it refused the state it had saved in format " + stateFormat + ": " + thrown;
        }
        if (startedOver++ == 0) {
            LOG.log(
                    WARNING,
                    "detector " + rule.detector() + " of rule " + rule.name() + " starts over in group "
                            + saved.attributes() + ", and perhaps in others: " + why);
        }
        host.counts().startedOver++;
        new DetectorGuard(fresh, this, saved.attributes(), host.counts(), 1).close();
        return create(host).map(another -> {
            Group group = Group.begin(this, saved.attributes(), another, host);
            group.takeOver(saved, windows);
            return group;
        });
    }

    public Rule rule() {
        return rule;
    }

    List<Input> inputs() {
        return inputs;
    }

    boolean wants(Series series, int input) {
        Input.Kind kind = inputs.get(input).kind();
        boolean fits = series.key().kind() == SeriesKind.OUTCOME
                || kind == Input.Kind.MEASUREMENTS
                || kind == Input.Kind.RECORDS;
        return fits && selectors.get(input).matches(series.key());
    }

    Selector selector(int input) {
        return selectors.get(input);
    }

    /** Threshold of a tally, in seconds; infinite if the input declares none. */
    double threshold(int input) {
        return inputs.get(input).threshold().map(parameters::get).orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether it counts what is slow. */
    boolean hasThreshold() {
        for (int input = 0; input < inputs.size(); input++) {
            if (!Double.isInfinite(threshold(input))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it reads windows that ten seconds are no part of. */
    boolean needsSeconds() {
        return rule.stepMillis() % 10_000 != 0;
    }

    /** The group of these attributes, made if there is none; empty if there are as many as may be. */
    Optional<Group> group(Attributes attributes, Group.Host host) {
        Group known = groups.get(attributes);
        if (known != null) {
            return Optional.of(known);
        }
        if (groups.size() >= maxGroups) {
            host.counts().unwatchedGroups++;
            return Optional.empty();
        }
        Optional<Group> created = create(host).map(fresh -> Group.begin(this, attributes, fresh, host));
        created.ifPresent(group -> groups.put(attributes, group));
        return created;
    }

    private Optional<Detector> create(Group.Host host) {
        try {
            return Optional.of(factory.create(parameters));
        } catch (Throwable thrown) { // promise 7: a plugin that cannot create costs its own groups alone
            host.counts().failures++;
            failures++;
            return Optional.empty();
        }
    }

    Optional<Group> find(Attributes attributes) {
        return Optional.ofNullable(groups.get(attributes));
    }

    void remove(Group group) {
        groups.remove(group.attributes());
        tallied.remove(group);
    }

    /** In order of creation. */
    List<Group> groups() {
        return List.copyOf(groups.values());
    }

    boolean hasGroups() {
        return !groups.isEmpty();
    }

    void judge(long endMillis, long atMillis) {
        long startMillis = endMillis - rule.stepMillis();
        for (Group group : groups.values()) {
            group.judge(startMillis, endMillis, atMillis);
        }
    }

    void tallied(Group group) {
        tallied.add(group);
    }

    void handOverTallies(long nowMillis) {
        if (!tallied.isEmpty()) {
            // in order of creation, whatever order their records came in
            for (Group group : tallied.size() == 1 ? List.copyOf(tallied) : inOrder(tallied)) {
                group.handOverTallies(nowMillis);
            }
            tallied.clear();
        }
    }

    private List<Group> inOrder(List<Group> some) {
        java.util.Set<Group> wanted = new java.util.HashSet<>(some);
        return groups.values().stream().filter(wanted::contains).toList();
    }

    void failed(String what) {
        failures++;
        lastFailure = what;
    }

    RuleViews.RuleView view() {
        int setAside = (int) groups.values().stream().filter(Group::isSetAside).count();
        long failing = groups.values().stream().filter(Group::isFailing).count();
        String problem = "";
        if (setAside > 0) {
            problem = setAside + " of " + groups.size() + " detectors are set aside; last it threw in " + lastFailure;
        } else if (failing > 0) {
            problem = failing + " of " + groups.size() + " detectors throw; last in " + lastFailure;
        }
        return new RuleViews.RuleView(rule, problem, groups.size(), failures, setAside);
    }
}
