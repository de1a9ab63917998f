/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.notify.channel.Answer;
import io.tocsin.collector.notify.channel.ChannelSettings.Delivery;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Notification.Kind;
import io.tocsin.detectors.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Channels of the rig try three times, after one and two seconds. */
class ChannelSenderTest {

    @Test
    void triesAgainLaterAndKeepsTheOrder() {
        NotifyRig rig = twoChannels();
        rig.pager().fails();
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofSeconds(1));
        rig.fire("b", Severity.CRITICAL);
        rig.pass(Duration.ofMillis(900));
        rig.pager().works();

        rig.pass(Duration.ofSeconds(5));

        assertThat(rig.pager().tried.get(0).id())
                .isEqualTo(rig.pager().tried.get(1).id());
        assertThat(rig.pager().sent).hasSize(2);
        assertThat(rig.pager().sent.get(0).firing()).hasSize(1);
        assertThat(rig.pager().sent.get(1).firing()).hasSize(2);
        assertThat(rig.outlets.sender("pager").orElseThrow().status().retried()).isEqualTo(1);
    }

    @Test
    void givesUpAfterAllAttemptsAndTellsTheOtherChannelsOnce() {
        NotifyRig rig = twoChannels();
        rig.pager().fails();
        rig.fire("a", Severity.HIGH);

        rig.pass(Duration.ofSeconds(30));

        ChannelStatus status = rig.outlets.sender("pager").orElseThrow().status();
        assertThat(rig.pager().tried).hasSize(3);
        assertThat(status.lost()).isEqualTo(1);
        assertThat(status.retried()).isEqualTo(2);
        assertThat(status.lastError()).isEqualTo("after 3 attempts: HTTP 503");
        assertThat(rig.channels.get("mail").sent)
                .filteredOn(n -> n.kind() == Kind.NOTICE)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .isEqualTo("Channel pager fails and loses notifications: after 3" + " attempts: HTTP 503"));
        assertThat(rig.outlets.sender("pager").orElseThrow().problem().orElseThrow())
                .isEqualTo(
                        "channel pager does not deliver: after 3 attempts: HTTP 503 (0 wait, 1 lost since it last worked)");
    }

    @Test
    void tellsWhatFiresWhenAChannelWorksAgainAfterALoss() {
        NotifyRig rig = twoChannels();
        rig.pager().fails();
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofSeconds(30));
        rig.pager().works();
        rig.fire("b", Severity.CRITICAL);

        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.pager().sent)
                .filteredOn(n -> n.kind() == Kind.NOTICE)
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.text()).isEqualTo("Channel pager works again; it lost 1 notifications");
                    assertThat(notice.firing()).hasSize(2);
                });
        assertThat(rig.outlets.sender("pager").orElseThrow().problem()).isEmpty();
    }

    @Test
    void doesNotTryAgainWhatIsRefused() {
        NotifyRig rig = twoChannels();
        rig.pager().answer = new Answer(Answer.Outcome.REFUSED, "HTTP 400 bad", Optional.empty());
        rig.fire("a", Severity.HIGH);

        rig.pass(Duration.ofSeconds(30));

        assertThat(rig.pager().tried).hasSize(1);
        assertThat(rig.outlets.sender("pager").orElseThrow().status().lost()).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsTheServerAsksFor() {
        NotifyRig rig = twoChannels();
        rig.pager().answer = new Answer(Answer.Outcome.FAILED, "HTTP 429", Optional.of(Duration.ofSeconds(20)));
        rig.fire("a", Severity.HIGH);
        rig.pass(Duration.ofSeconds(2));
        rig.pager().works();

        rig.pass(Duration.ofSeconds(18));
        assertThat(rig.pager().tried).hasSize(1);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.pager().sent).hasSize(1);
    }

    @Test
    void aFailingChannelHoldsNoOtherUp() {
        NotifyRig rig = twoChannels();
        rig.pager().fails();
        rig.fire("a", Severity.HIGH);

        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.channels.get("mail").sent).hasSize(1);
        assertThat(rig.pager().sent).isEmpty();
    }

    @Test
    void givesTheOldestUpWhenTooManyWait() {
        InMemoryOutbox outbox = new InMemoryOutbox(2);
        outbox.add(notice("1"));
        outbox.add(notice("2"));

        assertThat(outbox.add(notice("3")).map(Notification::id)).contains("1");
        assertThat(outbox.first().map(Notification::id)).contains("2");
        assertThat(outbox.size()).isEqualTo(2);
    }

    @Test
    void waitsDoubleUpToTheLongestAndAreShortenedByUpToAHalf() {
        Delivery delivery = new Delivery(Duration.ofSeconds(1), 9, Duration.ofSeconds(1), Duration.ofSeconds(30));
        Backoff whole = new Backoff(delivery, () -> 0);
        Backoff shortest = new Backoff(delivery, () -> 1);

        assertThat(List.of(1, 2, 3, 5, 6, 60))
                .map(failures -> whole.millis(failures, Optional.empty()))
                .containsExactly(1_000L, 2_000L, 4_000L, 16_000L, 30_000L, 30_000L);
        assertThat(shortest.millis(3, Optional.empty())).isEqualTo(2_000);
        assertThat(shortest.millis(1, Optional.of(Duration.ofSeconds(9)))).isEqualTo(9_000);
    }

    private static Notification notice(String id) {
        return Notification.of(Kind.NOTICE, id, "text", List.of(), 0);
    }

    private static NotifyRig twoChannels() {
        return new NotifyRig(NotifyRig.settings(
                List.of(
                        NotifyRig.channel("pager", NotifyRig.WEBHOOK, true),
                        NotifyRig.channel("mail", NotifyRig.WEBHOOK, true)),
                List.of(Route.toAll(List.of("pager", "mail")))));
    }
}
