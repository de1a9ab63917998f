/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Notification.Kind;
import io.tocsin.collector.store.EventLog.Told;
import io.tocsin.detectors.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A process ends at any moment, the next one finds the events and how far people had been told. */
class ToldAcrossRestartsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static List<String> firing(Notification notification) {
        return notification.firing().stream().map(a -> a.id()).toList();
    }

    private static List<String> resolved(Notification notification) {
        return notification.resolved().stream().map(a -> a.id()).toList();
    }

    @Test
    void whatWasToldIsNotToldAgainAndItsEndIsTold() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.pager().sent).hasSize(1);

        NotifyRig next = rig.restarted();
        next.pass(Duration.ofSeconds(30));
        assertThat(next.pager().sent).isEmpty();
        next.resolve("a", Severity.HIGH);
        next.pass(Duration.ofMinutes(10));

        assertThat(next.pager().sent)
                .singleElement()
                .satisfies(told -> assertThat(resolved(told)).containsExactly("a"));
    }

    @Test
    void whatWasNotYetSentIsToldByTheNextProcess() {
        NotifyRig rig = NotifyRig.withPager();
        rig.pass(SECOND);
        rig.fire("a", Severity.HIGH);
        rig.settle();
        assertThat(rig.pager().sent).as("it waits for company").isEmpty();

        NotifyRig next = rig.restarted();
        next.pass(Duration.ofSeconds(5));
        assertThat(next.pager().sent)
                .singleElement()
                .satisfies(told -> assertThat(firing(told)).containsExactly("a"));
    }

    @Test
    void whatWasSentAndNotNotedComesAgainUnderTheSameId() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofSeconds(3));
        Optional<Told> noted = rig.partitions.live().events().told();
        rig.fire("b", Severity.CRITICAL);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.pager().sent).hasSize(2);
        rig.partitions.live().events().told(noted.orElseThrow());

        NotifyRig next = rig.restarted();
        next.pass(Duration.ofSeconds(5));
        assertThat(next.pager().sent)
                .singleElement()
                .satisfies(again ->
                        assertThat(again.id()).isEqualTo(rig.pager().sent.get(1).id()));
    }

    @Test
    void whatWasSentIsNotedThoughEventsNeverStopComing() {
        NotifyRig rig = NotifyRig.withPagerOfEachAlert();
        for (int alert = 0; alert < 10; alert++) {
            rig.fire("a" + alert, Severity.HIGH);
            rig.dispatcher.turn(rig.clock.millis());
            rig.dispatcher.turn(rig.clock.millis());
            // the other side takes a while, and less than until the next event
            rig.outlets.senders().forEach(sender -> sender.turn(rig.clock.millis()));
            rig.clock.advance(Duration.ofMillis(500));
        }

        assertThat(rig.pager().sent).hasSize(10);
        assertThat(rig.partitions.live().events().told().orElseThrow().number()).isEqualTo(9);
    }

    @Test
    void whatCouldNotBeSentBeforeTheEndIsSentAfterIt() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofSeconds(3));
        rig.pager().fails();
        rig.resolve("a", Severity.HIGH);
        rig.fire("b", Severity.CRITICAL);
        rig.pass(SECOND);

        NotifyRig next = rig.restarted();
        next.pass(Duration.ofMinutes(10));
        assertThat(next.pager().sent)
                .anySatisfy(told -> assertThat(firing(told)).containsExactly("b"));
        assertThat(next.pager().sent)
                .anySatisfy(told -> assertThat(resolved(told)).containsExactly("a"));
    }

    @Test
    void whereNothingWasNotedWhatFiresIsToldAgain() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.resolve("a", Severity.HIGH);
        rig.fire("b", Severity.HIGH);

        NotifyRig next = rig.restarted();
        next.pass(Duration.ofSeconds(5));
        assertThat(next.pager().sent).singleElement().satisfies(told -> {
            assertThat(firing(told)).containsExactly("b");
            assertThat(resolved(told)).isEmpty();
        });
    }

    @Test
    void aMarkOfALogThatIsLongerThanThisOneIsNotBelieved() {
        NotifyRig rig = NotifyRig.withPager();
        rig.fire("a", Severity.HIGH);
        rig.partitions.live().events().told(new Told(17, rig.clock.millis()));

        NotifyRig next = rig.restarted();
        next.pass(Duration.ofSeconds(5));
        assertThat(next.pager().sent).hasSize(1);
    }

    @Test
    void whatWasGivenUpIsListed() {
        NotifyRig rig = NotifyRig.withPager();
        rig.pager().fails();
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofMinutes(1));

        ChannelStatus status = rig.outlets.sender("pager").orElseThrow().status();
        assertThat(status.deadLetters())
                .filteredOn(dead -> dead.alerts().contains("a"))
                .first()
                .satisfies(dead -> {
                    assertThat(dead.notificationId()).startsWith("n-");
                    assertThat(dead.reason()).contains("after 3 attempts").contains("HTTP 503");
                });
        assertThat(rig.pager().sent).noneMatch(n -> n.kind() == Kind.NOTICE);
    }
}
