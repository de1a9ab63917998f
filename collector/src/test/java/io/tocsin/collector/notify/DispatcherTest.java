/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Notification.Kind;
import io.tocsin.collector.notify.channel.Target;
import io.tocsin.collector.series.Matcher;
import io.tocsin.detectors.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void tellsAlertsThatComeWithinASecondTogether() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.settle();
        rig.clock.advance(Duration.ofMillis(500));
        rig.fire("b", Severity.MEDIUM);

        rig.pass(SECOND);

        assertThat(rig.pager().sent).singleElement().satisfies(told -> {
            assertThat(ids(told.firing())).containsExactly("a", "b");
            assertThat(told.group().asMap())
                    .containsEntry("rule", "latency-spike")
                    .containsEntry("tenant", "default");
            assertThat(told.severity()).isEqualTo(Severity.HIGH);
        });
    }

    @Test
    void keepsAGroupSilentForItsIntervalAndThenTellsWhatIsNew() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.pass(SECOND);
        rig.fire("b", Severity.HIGH);

        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.pager().sent).hasSize(1);
        rig.pass(Duration.ofSeconds(30));

        assertThat(rig.pager().sent).hasSize(2);
        assertThat(ids(rig.pager().sent.get(1).firing())).containsExactly("a", "b");
        assertThat(rig.pager().sent.get(1).thread())
                .isEqualTo(rig.pager().sent.get(0).id());
    }

    @Test
    void tellsWorseNewsWithoutWaitingForTheInterval() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.MEDIUM);
        rig.pass(SECOND);
        rig.fire("a", Severity.CRITICAL);

        rig.pass(SECOND);

        assertThat(rig.pager().sent).hasSize(2);
        assertThat(rig.pager().sent.get(1).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void tellsTheEndToWhoeverWasToldOfTheBeginning() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.pass(SECOND);
        rig.pass(Duration.ofMinutes(2));
        rig.resolve("a", Severity.HIGH);

        rig.pass(SECOND);

        assertThat(rig.pager().sent).hasSize(2);
        Notification end = rig.pager().sent.get(1);
        assertThat(end.isResolved()).isTrue();
        assertThat(ids(end.resolved())).containsExactly("a");
        assertThat(end.thread()).isEqualTo(rig.pager().sent.get(0).id());
    }

    @Test
    void doesNotTellWhatEndedBeforeAnybodyWasTold() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.settle();
        rig.resolve("a", Severity.HIGH);

        rig.pass(Duration.ofMinutes(5));

        assertThat(rig.pager().sent).isEmpty();
    }

    @Test
    void leavesOutEndsForAChannelThatDoesNotWantThem() {
        NotifyRig rig = new NotifyRig(NotifyRig.settings(
                List.of(NotifyRig.channel("pager", NotifyRig.WEBHOOK, false)), List.of(Route.toAll(List.of("pager")))));
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofMinutes(2));
        rig.resolve("a", Severity.HIGH);

        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.pager().sent).hasSize(1);
    }

    @Test
    void repeatsWhatStillFiresUntilSomebodyTakesCare() {
        NotifyRig rig = new NotifyRig(NotifyRig.settings(
                List.of(NotifyRig.channel("pager", NotifyRig.WEBHOOK, true)),
                List.of(route(List.of(), Severity.INFO, "pager", false, Optional.of(Duration.ofMinutes(10))))));
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofMinutes(21));
        assertThat(rig.pager().sent).extracting(Notification::repeated).containsExactly(false, true, true);
        assertThat(rig.pager().sent).extracting(Notification::id).doesNotHaveDuplicates();

        rig.acknowledge("a", Severity.HIGH);
        rig.pass(Duration.ofMinutes(30));

        assertThat(rig.pager().sent).hasSize(3);
    }

    @Test
    void givesTheSameNotificationTheSameIdInAnotherProcess() {
        List<String> ids = List.of(idsOfAnIncident(), idsOfAnIncident());

        assertThat(ids.get(0)).isNotEmpty().doesNotContain(".").isEqualTo(ids.get(1));
    }

    private static String idsOfAnIncident() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofMinutes(2));
        rig.resolve("a", Severity.HIGH);
        rig.pass(Duration.ofMinutes(2));
        return String.join(",", rig.pager().sent.stream().map(Notification::id).toList());
    }

    @Test
    void takesTheFirstRouteThatMatchesUnlessItGoesOn() {
        NotifyRig rig = new NotifyRig(NotifyRig.settings(
                List.of(
                        NotifyRig.channel("planners", NotifyRig.WEBHOOK, true),
                        NotifyRig.channel("severe", NotifyRig.WEBHOOK, true),
                        NotifyRig.channel("rest", NotifyRig.WEBHOOK, true)),
                List.of(
                        route(List.of(Matcher.equal("gen_ai.agent.name", "planner")), Severity.INFO, "planners", true),
                        route(List.of(), Severity.HIGH, "severe", false),
                        route(List.of(), Severity.INFO, "rest", false))));
        rig.fire("a", Severity.HIGH);
        rig.fire("b", Severity.LOW);

        rig.pass(SECOND);

        assertThat(ids(rig.channels.get("planners").sent.get(0).firing())).containsExactly("a", "b");
        assertThat(ids(rig.channels.get("severe").sent.get(0).firing())).containsExactly("a");
        assertThat(ids(rig.channels.get("rest").sent.get(0).firing())).containsExactly("b");
    }

    @Test
    void tellsTheRouteOfTheWorseAlertTooAndBothOfItsEnd() {
        NotifyRig rig = new NotifyRig(NotifyRig.settings(
                List.of(
                        NotifyRig.channel("severe", NotifyRig.WEBHOOK, true),
                        NotifyRig.channel("rest", NotifyRig.WEBHOOK, true)),
                List.of(
                        route(List.of(), Severity.HIGH, "severe", false),
                        route(List.of(), Severity.INFO, "rest", false))));
        rig.fire("a", Severity.LOW);
        rig.pass(SECOND);
        rig.fire("a", Severity.CRITICAL);
        rig.pass(SECOND);
        rig.resolve("a", Severity.CRITICAL);
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.channels.get("severe").sent)
                .extracting(Notification::isResolved)
                .containsExactly(false, true);
        assertThat(rig.channels.get("rest").sent)
                .extracting(Notification::isResolved)
                .containsExactly(false, false, true);
    }

    @Test
    void saysWhatFiresWhenItFellBehindWhatIsKept() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("ended-unseen", Severity.HIGH);
        rig.pass(SECOND);
        rig.resolve("ended-unseen", Severity.HIGH);
        rig.fire("a", Severity.HIGH);
        rig.fire("b", Severity.HIGH);
        rig.fire("c", Severity.HIGH);
        rig.partitions.live().events().keep(1);

        rig.pass(Duration.ofMinutes(2));

        List<Notification> sent = rig.pager().sent;
        assertThat(sent)
                .filteredOn(n -> n.kind() == Kind.NOTICE)
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.text()).contains("could not tell of 3 changes");
                    assertThat(ids(notice.firing())).containsExactlyInAnyOrder("a", "b", "c");
                });
        assertThat(sent.get(sent.size() - 1).firing()).hasSize(3);
        assertThat(ids(sent.get(sent.size() - 1).resolved())).containsExactly("ended-unseen");
        assertThat(rig.dispatcher.missed()).isEqualTo(3);
    }

    @Test
    void tellsByEveryChannelThatAnEngineStandsStill() {
        NotifyRig rig = NotifyRig.withPager();
        rig.settle();
        rig.partitions.live().problem("entry 7 cannot be applied");

        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.pager().sent)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("blind").contains("entry 7"));
    }

    @Test
    void beatsWhileAllIsWellAndIsSilentWhenTheEngineStandsStill() {
        NotifyRig rig = new NotifyRig(NotifyRig.withHeartbeat(
                NotifyRig.settings(List.of(NotifyRig.channel("beats", NotifyRig.WEBHOOK, true)), List.of()),
                Duration.ofSeconds(30),
                "beats"));
        rig.pass(Duration.ofSeconds(61));
        assertThat(rig.channels.get("beats").sent)
                .extracting(Notification::kind)
                .containsOnly(Kind.HEARTBEAT)
                .hasSize(3);

        rig.partitions.live().problem("gone");
        rig.pass(Duration.ofSeconds(61));

        assertThat(rig.channels.get("beats").sent).hasSize(3);
    }

    @Test
    void tellsAnAlertmanagerOfEachChangeAndAgainBeforeItForgets() {
        NotifyRig rig = new NotifyRig(NotifyRig.settings(
                List.of(NotifyRig.channel(
                        "am",
                        new Target.Alertmanager(URI.create("http://am:9093"), Optional.empty(), Duration.ofMinutes(1)),
                        true)),
                List.of(Route.toAll(List.of("am")))));
        rig.fire("a", Severity.HIGH);
        rig.settle();
        assertThat(rig.channels.get("am").sent).hasSize(1);
        rig.pass(Duration.ofSeconds(60));
        assertThat(rig.channels.get("am").sent).hasSize(2);

        rig.fire("a", Severity.CRITICAL);
        rig.settle();

        Notification worse = rig.channels.get("am").sent.get(2);
        assertThat(worse.firing()).extracting(Alert::severity).containsExactly(Severity.CRITICAL);
        assertThat(worse.resolved()).extracting(Alert::severity).containsExactly(Severity.HIGH);
        rig.resolve("a", Severity.CRITICAL);
        rig.pass(Duration.ofSeconds(60));
        Notification again =
                rig.channels.get("am").sent.get(rig.channels.get("am").sent.size() - 1);
        assertThat(again.firing()).isEmpty();
        assertThat(again.resolved()).hasSize(2);
        rig.pass(Duration.ofMinutes(17));
        int said = rig.channels.get("am").sent.size();
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.channels.get("am").sent).hasSize(said);
    }

    private static Route route(List<Matcher> where, Severity least, String channel, boolean goesOn) {
        return route(where, least, channel, goesOn, Optional.of(Route.DEFAULT_REPEAT_INTERVAL));
    }

    private static Route route(
            List<Matcher> where, Severity least, String channel, boolean goesOn, Optional<Duration> repeat) {
        return new Route(
                where,
                least,
                List.of(channel),
                goesOn,
                Route.DEFAULT_GROUP_BY,
                Route.DEFAULT_GROUP_WAIT,
                Route.DEFAULT_GROUP_INTERVAL,
                repeat);
    }

    private static List<String> ids(List<Alert> alerts) {
        return alerts.stream().map(Alert::id).toList();
    }
}
