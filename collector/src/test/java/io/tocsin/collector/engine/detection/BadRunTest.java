/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadRunTest {
    private final BadRun run = new BadRun(0.1);

    @Test
    void beginsWithTheFirstSecondThatHadTooManyBadOnes() {
        run.add(10, 100, 10);
        run.add(11, 100, 40);
        run.add(12, 100, 0);
        run.add(13, 100, 40);

        assertThat(run.isOn()).isTrue();
        assertThat(run.sinceMillis()).isEqualTo(11_000);
    }

    @Test
    void isOverWhenWhatWasTooMuchIsMadeUpFor() {
        run.add(10, 100, 20);
        run.add(11, 100, 0);
        assertThat(run.isOn()).isFalse();

        run.add(12, 100, 50);
        assertThat(run.sinceMillis()).isEqualTo(12_000);
    }

    @Test
    void isOverAfterHalfAMinuteWithoutTooManyHoweverBadItWas() {
        run.add(10, 1_000_000, 1_000_000);
        run.add(25, 10, 1);
        run.add(41, 10, 9);

        assertThat(run.sinceMillis()).isEqualTo(41_000);
    }

    @Test
    void beginsEarlierWhenTheRecordsOfItsFirstSecondComeLate() {
        run.add(20, 100, 60);
        run.add(18, 100, 60);

        assertThat(run.sinceMillis()).isEqualTo(18_000);
    }

    @Test
    void withoutARunItIsTheSecondCountedLast() {
        run.add(20, 100, 1);

        assertThat(run.isOn()).isFalse();
        assertThat(run.sinceMillis()).isEqualTo(20_000);
    }
}
