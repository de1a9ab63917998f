/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.call.FakeEvents;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.engine.alert.Acknowledgement;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.ingest.ProducerView;
import io.tocsin.collector.ingest.ProducerView.Standing;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import io.tocsin.collector.partition.PartitionStatus;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to look at, all in order until a test says otherwise. */
final class Observations {
    static final long NOW = ManualClock.NOON;
    static final String METRIC = "gen_ai.invoke_agent.duration";

    List<ProducerView> producers = new ArrayList<>(List.of(producer("planner", Standing.ALIVE, 100)));
    String problem = "";
    long lagMillis;
    List<SeriesKey> series = new ArrayList<>(List.of(series(METRIC, "planner"), series(METRIC, "coder")));
    List<RuleView> rules = new ArrayList<>();
    List<Plugin> plugins = new ArrayList<>(List.of(new Plugin(Plugin.BUILT_IN, "1", "1", List.of(), "")));
    List<Alert> alerts = new ArrayList<>();
    LimitCounts limits = LimitCounts.NONE;
    TraceStanding.Seen traces = TraceStanding.OFF.read();
    List<ChannelStanding.Seen> channels = new ArrayList<>();

    List<Diagnosis> look(Check check) {
        return check.look(observed());
    }

    Observed observed() {
        return new Observed(
                NOW,
                producers,
                new PartitionStatus(9, 9, NOW, lagMillis, series.size(), Map.of(), problem),
                series,
                rules,
                plugins,
                alerts,
                limits,
                traces,
                channels);
    }

    static ProducerView producer(String name, Standing standing, long accepted) {
        return producer(name, standing, accepted, 0, Map.of(), NOW - 180_000);
    }

    static ProducerView producer(
            String name,
            Standing standing,
            long accepted,
            long offsetMillis,
            Map<Reason, Long> rejected,
            long heardMillis) {
        return new ProducerView(name, 1, "sdk", standing, offsetMillis, heardMillis, accepted, rejected);
    }

    static SeriesKey series(String metric, String agent) {
        return new SeriesKey(metric, SeriesKind.OUTCOME, Attributes.of("gen_ai.agent.name", agent));
    }

    static Rule slo(String name, Origin origin, boolean disabled, String metric, Matcher... matchers) {
        return new Rule(
                name,
                "slo",
                List.of(new RuleInput("", Selector.of(metric, matchers))),
                List.of(),
                List.of(),
                10_000,
                Map.of(),
                0,
                0,
                0,
                1,
                1,
                Optional.empty(),
                Attributes.NONE,
                disabled,
                "",
                origin);
    }

    /** An alert of a rule that fired and recovered. */
    void alert(String rule, String problem, long firedMillis, long lengthMillis, double peak, boolean acknowledged) {
        Alert base = FakeEvents.alert("default", "id", AlertState.RESOLVED, Severity.HIGH, false);
        alerts.add(new Alert(
                base.tenant(),
                "id" + alerts.size(),
                problem,
                AlertState.RESOLVED,
                base.severity(),
                rule,
                base.detector(),
                false,
                base.kind(),
                base.group(),
                base.labels(),
                base.evidence(),
                firedMillis,
                firedMillis,
                firedMillis + lengthMillis,
                firedMillis + lengthMillis,
                alerts.size(),
                peak,
                "recovered",
                "",
                acknowledged ? Optional.of(new Acknowledgement("anna", "", firedMillis)) : Optional.empty(),
                firedMillis,
                List.of()));
    }
}
