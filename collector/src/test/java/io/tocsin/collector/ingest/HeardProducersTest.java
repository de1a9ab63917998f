/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.ingest.ProducerView.Standing;
import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.RejectedRecord;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import io.tocsin.collector.partition.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeardProducersTest {
    private static final long LOST_AFTER = 5_000;

    private final HeardProducers producers = new HeardProducers(3);

    private HeardProducer hello(String name, long atMillis) {
        HeardProducer heard = producers.of(0, new ProducerKey("default", name, 1), atMillis);
        heard.saysHello("tocsin-java/0.1.0");
        return heard;
    }

    private List<String> names(long nowMillis) {
        return producers.of("default", 0, nowMillis, LOST_AFTER).stream()
                .map(p -> p.name() + " " + p.standing().word())
                .toList();
    }

    @Test
    void areShownHeardLastFirstWithHowTheyStand() {
        hello("lost", 1_000);
        hello("stopped", 9_000).saysGoodbye();
        hello("alive", 8_000);

        assertThat(names(10_000)).containsExactly("stopped stopped", "alive alive", "lost lost");
    }

    @Test
    void whoComesBackAfterGoodbyeIsAliveAgain() {
        hello("a", 1_000).saysGoodbye();
        hello("a", 2_000);

        assertThat(names(3_000)).containsExactly("a alive");
    }

    @Test
    void whatBecameOfTheirRecordsIsCounted() {
        HeardProducer heard = hello("a", 1_000);
        heard.clockOffset(-70);
        heard.took(
                8,
                new Answer(
                        1,
                        new Position(0, 1),
                        false,
                        List.of(new RejectedRecord(0, Reason.TOO_OLD, ""), new RejectedRecord(3, Reason.TOO_OLD, ""))));

        assertThat(producers.of("default", 0, 1_000, LOST_AFTER))
                .containsExactly(new ProducerView(
                        "a", 1, "tocsin-java/0.1.0", Standing.ALIVE, -70, 1_000, 8, Map.of(Reason.TOO_OLD, 2L)));
    }

    @Test
    void ofOtherTenantsAndPartitionsAreNotShown() {
        producers.of(1, new ProducerKey("default", "recorded", 1), 1_000);
        producers.of(0, new ProducerKey("other", "theirs", 1), 1_000);

        assertThat(names(1_000)).isEmpty();
    }

    @Test
    void theOneThatStoppedFirstGoesWhenThereAreTooManyElseTheOneNotHeardForLongest() {
        hello("a", 1_000);
        hello("b", 2_000).saysGoodbye();
        hello("c", 3_000).saysGoodbye();

        hello("d", 4_000);
        assertThat(names(4_000)).containsExactly("d alive", "c stopped", "a alive");
        hello("e", 5_000);
        hello("f", 6_000);
        assertThat(names(6_000)).containsExactly("f alive", "e alive", "d alive");
        assertThat(producers.forgotten()).isEqualTo(3);
    }

    @Test
    void whoPushesCannotBeToldToBeAliveOrLost() {
        producers.of(0, new ProducerKey("default", "", 0), 1_000);

        assertThat(producers.of("default", 0, 100_000, LOST_AFTER).get(0).standing())
                .isEqualTo(Standing.PUSHES);
    }
}
