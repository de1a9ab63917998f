/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EngineClockTest {
    private final AtomicLong wall = new AtomicLong(10_000_000);
    private final AtomicLong monotonic = new AtomicLong(5);
    private final EngineClock clock =
            new EngineClock((InstantSource) () -> Instant.ofEpochMilli(wall.get()), monotonic::get);

    private void pass(long wallMillis, long monotonicMillis) {
        wall.addAndGet(wallMillis);
        monotonic.addAndGet(TimeUnit.MILLISECONDS.toNanos(monotonicMillis));
    }

    @Test
    void followsTheWallClockThroughSlewing() {
        pass(1_100, 1_000);
        assertThat(clock.millis()).isEqualTo(10_001_100);
        assertThat(clock.takeJumpMillis()).isZero();
    }

    @Test
    void goesOnThroughAJumpAheadAndTellsItOnce() {
        pass(3_600_000 + 250, 250);
        assertThat(clock.millis()).isEqualTo(10_000_250);
        assertThat(clock.takeJumpMillis()).isEqualTo(3_600_000);
        assertThat(clock.takeJumpMillis()).isZero();
        pass(1_000, 1_000);
        assertThat(clock.millis()).isEqualTo(10_001_250);
    }

    @Test
    void goesOnBehindAWallClockThatWasSetBackWhileItWasNotRunning() {
        clock.resume(10_000_000 + 3_600_000);
        assertThat(clock.millis()).isEqualTo(13_600_000);
        assertThat(clock.takeJumpMillis()).isEqualTo(-3_600_000);
        pass(1_000, 1_000);
        assertThat(clock.millis()).isEqualTo(13_601_000);
    }

    @Test
    void takesTheWallClockAsItIsAfterATimeInWhichItWasNotRunning() {
        clock.resume(10_000_000 - 86_400_000);
        assertThat(clock.millis()).isEqualTo(10_000_000);
        assertThat(clock.takeJumpMillis()).isZero();
    }

    @Test
    void goesOnThroughAJumpBack() {
        pass(-86_400_000 + 250, 250);
        assertThat(clock.millis()).isEqualTo(10_000_250);
    }

    @Test
    void neverGoesBackWhenTheWallClockIsSetBackALittle() {
        pass(1_000, 1_000);
        assertThat(clock.millis()).isEqualTo(10_001_000);
        pass(-1_500, 0);
        assertThat(clock.millis()).isEqualTo(10_001_000);
    }
}
