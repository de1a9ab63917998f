/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import static io.tocsin.collector.diagnosis.Observations.METRIC;
import static io.tocsin.collector.diagnosis.Observations.NOW;
import static io.tocsin.collector.diagnosis.Observations.producer;
import static io.tocsin.collector.diagnosis.Observations.series;
import static io.tocsin.collector.diagnosis.Observations.slo;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.ingest.ProducerView.Standing;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Matcher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each verdict of each check. */
class CheckupTest {
    private final Observations seen = new Observations();

    private Diagnosis only(Check check) {
        List<Diagnosis> found = seen.look(check);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static void assertDiagnosis(Diagnosis found, Verdict verdict, String seen, String remedy) {
        assertThat(found.seen()).contains(seen);
        assertThat(found.verdict()).as(found.seen()).isEqualTo(verdict);
        assertThat(found.remedy()).contains(remedy);
        assertThat(found.remedy().isEmpty()).as("a remedy unless in order").isEqualTo(verdict == Verdict.OK);
    }

    @Test
    void troublesComeFirstAndEachCheckSaysSomething() {
        seen.producers.clear();
        seen.limits = new LimitCounts(0, 0, 0, 0, 0, 3, 0);

        List<Diagnosis> found = Checkup.of(seen.observed());

        assertThat(found.stream().map(Diagnosis::check).distinct())
                .containsExactlyInAnyOrder(
                        "arriving-data",
                        "clocks",
                        "plugins",
                        "slo-updates",
                        "false-positives",
                        "traces",
                        "channels",
                        "limits");
        assertThat(found.get(0).check()).isEqualTo("arriving-data");
        assertThat(found.get(1).check()).isEqualTo("limits");
        assertThat(found.subList(2, found.size())).allMatch(one -> one.verdict() == Verdict.OK);
    }

    // arriving-data

    @Test
    void dataArrives() {
        assertDiagnosis(only(new ArrivingData()), Verdict.OK, "100 records taken from 1 producer", "");
    }

    @Test
    void nobodyEverSent() {
        seen.producers.clear();

        assertDiagnosis(only(new ArrivingData()), Verdict.TROUBLE, "no producer has sent anything", "./tocsin load");
    }

    @Test
    void allAreLostOrStopped() {
        seen.producers = List.of(producer("planner", Standing.LOST, 5), producer("old", Standing.STOPPED, 5));
        assertDiagnosis(
                only(new ArrivingData()),
                Verdict.TROUBLE,
                "none of 2 producers is alive; the last was producer \"planner\", heard 3 min ago, which is lost",
                "see whether its process and host run");

        seen.producers = List.of(producer("old", Standing.STOPPED, 5));
        assertDiagnosis(only(new ArrivingData()), Verdict.NOTICE, "said Goodbye", "on purpose");
    }

    @Test
    void theyAreAliveButSendNoRecords() {
        seen.producers = List.of(producer("planner", Standing.ALIVE, 0));

        assertDiagnosis(
                only(new ArrivingData()),
                Verdict.TROUBLE,
                "producer \"planner\" is alive but sent no record yet",
                "the SDK's counters");
    }

    @Test
    void someAreLost() {
        seen.producers.add(producer("coder", Standing.LOST, 5));

        assertDiagnosis(
                only(new ArrivingData()),
                Verdict.NOTICE,
                "1 of 2 producers are lost: producer \"coder\" (3 min ago)",
                "after 10 min they no longer count");
    }

    @Test
    void allOrManyRecordsAreRejectedAndWhy() {
        seen.producers = List.of(
                producer("a", Standing.ALIVE, 0, 0, Map.of(Reason.TOO_FAR_AHEAD, 9L, Reason.BAD_VALUE, 2L), NOW),
                producer("b", Standing.ALIVE, 50, 0, Map.of(Reason.TOO_OLD, 50L), NOW),
                producer("c", Standing.ALIVE, 1_000, 0, Map.of(Reason.TOO_OLD, 1L), NOW));

        List<Diagnosis> found = seen.look(new ArrivingData());

        assertThat(found).hasSize(2);
        assertDiagnosis(
                found.get(0),
                Verdict.TROUBLE,
                "all 11 records of producer \"a\" were rejected (bad_value 2, too_far_ahead 9)",
                "NTP");
        assertDiagnosis(
                found.get(1),
                Verdict.NOTICE,
                "50 records of producer \"b\" were rejected (too_old 50), 50 records taken",
                "./tocsin replay");
    }

    @Test
    void pushesOfTheLastMinutesAreData() {
        seen.producers = List.of(producer("", Standing.PUSHES, 5));

        assertDiagnosis(only(new ArrivingData()), Verdict.OK, "5 records", "");
    }

    // clocks

    @Test
    void clocksAgree() {
        assertDiagnosis(only(new Clocks()), Verdict.OK, "the clocks of 1 producer are within 1 s", "");
    }

    @Test
    void aClockIsOff() {
        seen.producers.add(producer("coder", Standing.ALIVE, 5, -4_200, Map.of(), NOW));
        assertDiagnosis(
                only(new Clocks()), Verdict.NOTICE, "the clock of producer \"coder\" is 4.2 s ahead of ours", "NTP");

        seen.producers.add(producer("tester", Standing.ALIVE, 5, 7_200_000, Map.of(), NOW));
        assertDiagnosis(
                only(new Clocks()),
                Verdict.TROUBLE,
                "2 clocks are off: producer \"tester\" 2 h behind ours, producer \"coder\" 4.2 s ahead of ours",
                "NTP");
    }

    // plugins

    @Test
    void pluginsAreSound() {
        assertDiagnosis(only(new PluginsAndDetectors()), Verdict.OK, "none threw", "");
    }

    @Test
    void aPluginIsBroken() {
        seen.plugins.add(new Plugin("tokens", "", "", List.of(), "class Foo is missing"));

        assertDiagnosis(
                seen.look(new PluginsAndDetectors()).get(0),
                Verdict.TROUBLE,
                "plugin \"tokens\" was not loaded: class Foo is missing",
                "the right jar");
    }

    @Test
    void aDetectorIsSetAsideOrThrowsOrIsNotThere() {
        Rule rule = slo("watch", Origin.FILE, false, METRIC);
        seen.rules.add(new RuleView(rule, "1 of 2 detectors are set aside; last it threw in x", 2, 9, 1));
        assertDiagnosis(
                only(new PluginsAndDetectors()),
                Verdict.TROUBLE,
                "detector \"slo\" of rule \"watch\": 1 of 2 detectors are set aside",
                "ChangeRule");

        seen.rules.set(0, new RuleView(rule, "", 2, 3, 0));
        assertDiagnosis(only(new PluginsAndDetectors()), Verdict.NOTICE, "threw 3 times", "stack trace");
    }

    // slo-updates

    @Test
    void slosHaveData() {
        seen.rules.add(new RuleView(slo("availability", Origin.FILE, false, METRIC), "", 1, 0, 0));

        assertDiagnosis(only(new SloUpdates()), Verdict.OK, "all of 1 SLO have data", "");
    }

    @Test
    void anSloIsDisabledOrDoesNotRun() {
        seen.rules.add(new RuleView(slo("a", Origin.FILE, true, METRIC), "", 0, 0, 0));
        seen.rules.add(new RuleView(slo("b", Origin.FILE, false, METRIC), "target must be below 1", 0, 0, 0));

        List<Diagnosis> found = seen.look(new SloUpdates());

        assertDiagnosis(found.get(0), Verdict.NOTICE, "SLO \"a\" is disabled", "disabled");
        assertDiagnosis(found.get(1), Verdict.TROUBLE, "SLO \"b\" does not run: target must be below 1", "rule");
    }

    @Test
    void itsMetricIsMisspelt() {
        seen.rules.add(new RuleView(slo("a", Origin.FILE, false, "gen_ai.invoke_agent.durations"), "", 0, 0, 0));

        assertDiagnosis(
                only(new SloUpdates()),
                Verdict.TROUBLE,
                "SLO \"a\" has no data: there is no metric gen_ai.invoke_agent.durations; there are " + METRIC,
                "if " + METRIC + " is meant, select that");
    }

    @Test
    void itsAttributesHaveOtherValuesOrOtherNames() {
        seen.rules.add(new RuleView(
                slo("a", Origin.FILE, false, METRIC, Matcher.equal("gen_ai.agent.name", "plannr")), "", 0, 0, 0));
        assertDiagnosis(
                only(new SloUpdates()),
                Verdict.TROUBLE,
                "no series of " + METRIC + " has gen_ai.agent.name = plannr; there are coder, planner",
                "if planner is meant");

        seen.rules.set(
                0,
                new RuleView(
                        slo("a", Origin.BUILT_IN, false, METRIC, Matcher.equal("gen_ai.agent.nam", "coder")),
                        "",
                        0,
                        0,
                        0));
        assertDiagnosis(
                only(new SloUpdates()),
                Verdict.NOTICE,
                "has gen_ai.agent.nam = coder; none has that attribute, they have gen_ai.agent.name",
                "if gen_ai.agent.name is meant, select by that, or disable the SLO");
    }

    @Test
    void eachConditionIsMetButNotAllAtOnce() {
        seen.series = List.of(
                new io.tocsin.collector.series.SeriesKey(
                        METRIC,
                        io.tocsin.collector.series.SeriesKind.OUTCOME,
                        io.tocsin.collector.series.Attributes.of("a", "1", "b", "1")),
                new io.tocsin.collector.series.SeriesKey(
                        METRIC,
                        io.tocsin.collector.series.SeriesKind.OUTCOME,
                        io.tocsin.collector.series.Attributes.of("a", "2", "b", "2")));
        seen.rules.add(new RuleView(
                slo("a", Origin.FILE, false, METRIC, Matcher.equal("a", "1"), Matcher.equal("b", "2")), "", 0, 0, 0));

        assertDiagnosis(only(new SloUpdates()), Verdict.TROUBLE, "but none for all of them", "come together");
    }

    @Test
    void withoutAnySeriesThereIsOneFindingForAllSlos() {
        seen.series = List.of();
        seen.rules.add(new RuleView(slo("a", Origin.FILE, false, METRIC), "", 0, 0, 0));
        seen.rules.add(new RuleView(slo("b", Origin.FILE, false, METRIC), "", 0, 0, 0));

        assertDiagnosis(
                only(new SloUpdates()), Verdict.NOTICE, "none of 2 SLOs has data", "see what arriving-data says");
    }

    @Test
    void theEngineStandsStillOrIsBehind() {
        seen.problem = "the engine stands still after entry 7: boom";
        assertDiagnosis(
                only(new SloUpdates()), Verdict.TROUBLE, "nothing is judged any more: the engine stands", "start");

        seen.problem = "";
        seen.lagMillis = 45_000;
        assertDiagnosis(only(new SloUpdates()), Verdict.TROUBLE, "the engine is 45 s behind", "jstack");
    }

    @Test
    void aLostProducerFreezesWhatItFed() {
        seen.rules.add(new RuleView(slo("a", Origin.FILE, false, METRIC), "", 1, 0, 0));
        seen.producers.add(producer("coder", Standing.LOST, 5));
        assertDiagnosis(
                only(new SloUpdates()),
                Verdict.NOTICE,
                "lost less than 10 min ago: producer \"coder\"",
                "bring it back");

        seen.producers.set(1, producer("coder", Standing.LOST, 5, 0, Map.of(), NOW - 601_000));
        assertDiagnosis(only(new SloUpdates()), Verdict.OK, "have data", "");
    }

    // false-positives

    @Test
    void alertsAreFewOrNeeded() {
        seen.alert("spike", "p", NOW - 1_000_000, 400_000, 2, false);

        assertDiagnosis(only(new FalsePositives()), Verdict.OK, "1 alert fired in the last day, of 1 rule", "");
    }

    @Test
    void oneFlaps() {
        for (int i = 0; i < 6; i++) {
            seen.alert("spike", "p", NOW - 3_600_000 + i * 300_000L, 180_000, 2, false);
        }

        assertDiagnosis(
                only(new FalsePositives()),
                Verdict.NOTICE,
                "rule \"spike\" fired 6 times for the same problem in a day; it came back 2 min after it had resolved",
                "keep-firing-for: 4m");
    }

    @Test
    void theyAreShortLivedAndBarelyOverTheLimit() {
        for (int i = 0; i < 10; i++) {
            seen.alert("spike", "p" + i, NOW - 80_000_000 + i * 1_000_000L, 30_000, i < 7 ? 1.1 : 3, false);
        }

        Diagnosis found = only(new FalsePositives());

        assertDiagnosis(
                found,
                Verdict.NOTICE,
                "fired 10 times in a day, and 10 of 10 had recovered within 60 s (median 30 s)",
                "for: 50s keeps what passes by itself from firing");
        assertThat(found.remedy()).contains("sensitivity: 0.8 would have kept 7 of 10 quiet");
    }

    @Test
    void manyAreATrouble() {
        for (int i = 0; i < 20; i++) {
            seen.alert("spike", "p" + i, NOW - 80_000_000 + i * 1_000_000L, 30_000, 3, false);
        }

        assertDiagnosis(only(new FalsePositives()), Verdict.TROUBLE, "fired 20 times", "for: ");
    }

    @Test
    void nobodyAcknowledgesThemThoughOthersAre() {
        for (int i = 0; i < 12; i++) {
            seen.alert("spike", "p" + i, NOW - 80_000_000 + i * 1_000_000L, 900_000, 3, false);
        }
        assertDiagnosis(only(new FalsePositives()), Verdict.OK, "12 alerts fired", "");

        seen.alert("other", "q", NOW - 1_000_000, 900_000, 3, true);
        assertDiagnosis(
                only(new FalsePositives()),
                Verdict.NOTICE,
                "rule \"spike\" fired 12 times in a day and nobody acknowledged one",
                "lower severity");
    }

    @Test
    void whatIsOlderThanADayDoesNotCount() {
        for (int i = 0; i < 20; i++) {
            seen.alert("spike", "p", NOW - 90_000_000, 30_000, 3, false);
        }

        assertDiagnosis(only(new FalsePositives()), Verdict.OK, "0 alerts fired", "");
    }

    // traces

    @Test
    void tracesAreOffOrWellOrFailOrAreNone() {
        assertDiagnosis(only(new TraceExport()), Verdict.OK, "not exported", "");
        seen.traces = new TraceStanding.Seen(true, "http://x:4318", 9, 0, 3, "");
        assertDiagnosis(only(new TraceExport()), Verdict.OK, "9 spans exported to http://x:4318", "");
        seen.traces = new TraceStanding.Seen(true, "http://x:4318", 0, 7, 3, "connection refused");
        assertDiagnosis(
                only(new TraceExport()),
                Verdict.TROUBLE,
                "0 spans exported to http://x:4318, 7 lost; last: connection refused",
                "4318, not Jaeger's 14268");
        seen.traces = new TraceStanding.Seen(true, "http://x:4318", 800, 7, 3, "timed out");
        assertDiagnosis(only(new TraceExport()), Verdict.NOTICE, "7 lost; last: timed out", "sampling ratio");
        seen.traces = new TraceStanding.Seen(true, "http://x:4318", 0, 0, 0, "");
        assertDiagnosis(
                only(new TraceExport()),
                Verdict.NOTICE,
                "no span exported to http://x:4318 yet, and 0 records came",
                "OpenTelemetry is on there");
    }

    // channels

    @Test
    void channelsAreNoneOrWellOrFailOrFailed() {
        assertDiagnosis(only(new Channels()), Verdict.OK, "no channels are configured", "");
        seen.channels.add(new ChannelStanding.Seen("log", "log", "", 4, 0, 0, ""));
        assertDiagnosis(only(new Channels()), Verdict.OK, "1 channel, none fails", "");
        seen.channels.set(
                0, new ChannelStanding.Seen("pager", "webhook", "https://h/…", 4, 2, 1, "503 Service Unavailable"));
        assertDiagnosis(
                only(new Channels()),
                Verdict.TROUBLE,
                "webhook channel \"pager\" to https://h/… fails: 503 Service Unavailable (4 notifications delivered, 2 lost, 1 waiting)",
                "./tocsin notify-test pager");
        seen.channels.set(0, new ChannelStanding.Seen("pager", "webhook", "https://h/…", 4, 2, 0, ""));
        assertDiagnosis(only(new Channels()), Verdict.NOTICE, "works now, but", "alerts list");
    }

    // limits

    @Test
    void boundsAreMet() {
        assertDiagnosis(only(new LimitsReached()), Verdict.OK, "no bound was met", "");
        seen.limits = new LimitCounts(1, 2, 3, 4, 5, 6, 7);

        List<Diagnosis> found = seen.look(new LimitsReached());

        assertThat(found)
                .extracting(Diagnosis::verdict)
                .containsExactly(
                        Verdict.TROUBLE,
                        Verdict.TROUBLE,
                        Verdict.TROUBLE,
                        Verdict.TROUBLE,
                        Verdict.NOTICE,
                        Verdict.NOTICE,
                        Verdict.NOTICE);
        assertDiagnosis(
                found.get(0), Verdict.TROUBLE, "1 record went to overflow series", "raise monitoring.series.max");
        assertThat(found.get(2).seen()).startsWith("2 batches were told to come again");
        assertThat(found).noneMatch(one -> one.remedy().isEmpty());
    }

    @Test
    void anotherMetricsSeriesDoNotCount() {
        seen.series = List.of(series("other", "planner"));
        seen.rules.add(new RuleView(slo("a", Origin.FILE, false, METRIC), "", 0, 0, 0));

        assertDiagnosis(
                only(new SloUpdates()), Verdict.TROUBLE, "there are other", "record it, or select one that there is");
    }
}
