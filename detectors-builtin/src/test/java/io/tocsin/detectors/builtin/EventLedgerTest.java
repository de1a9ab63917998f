/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventLedgerTest {
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;
    private static final long[] WINDOWS = {
        15, 60, 5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY, 30 * DAY
    };
    private static final long[] STEPS = {1, 1, 1, 5, 30, 30, 30, 300, 300, 21_600};
    private static final long START = 1_767_225_600;

    /** The slow way: keep everything, and count it again each time. */
    private static final class Recount {
        private final List<long[]> events = new ArrayList<>();

        long count(int column, long fromSecond, long toSecond) {
            long sum = 0;
            for (long[] event : events) {
                sum += event[0] >= fromSecond && event[0] <= toSecond ? event[column] : 0;
            }
            return sum;
        }
    }

    @Test
    void agreesWithARecountOfEverything() {
        long seed = 7;
        Random random = new Random(seed);
        EventLedger ledger = new EventLedger(WINDOWS);
        Recount recount = new Recount();
        long now = START;
        long events = 0;
        long late = 0;
        int checks = 0;
        while (events < 300_000) {
            now += random.nextInt(100) == 0 ? random.nextInt(8000) : random.nextInt(120);
            ledger.advance(now);
            for (int i = 0; i < 4; i++) {
                long second = now - lateness(random);
                long all = 1 + random.nextInt(60);
                long bad = random.nextInt((int) all + 1);
                events += all;
                late += second < now ? all : 0;
                ledger.add(second, all, bad);
                recount.events.add(new long[] {second, all, bad});
            }
            if (random.nextInt(20) == 0) {
                for (int i = 0; i < WINDOWS.length; i++) {
                    // the old edge is rounded down to the ring's step, the new one is now
                    long from = Math.floorDiv(now - WINDOWS[i] + 1, STEPS[i]) * STEPS[i];
                    assertThat(ledger.all(WINDOWS[i]))
                            .as("seed %s, all of %s s at %s", seed, WINDOWS[i], now)
                            .isEqualTo(recount.count(1, from, now));
                    assertThat(ledger.bad(WINDOWS[i]))
                            .as("seed %s, bad of %s s at %s", seed, WINDOWS[i], now)
                            .isEqualTo(recount.count(2, from, now));
                    checks++;
                }
            }
        }
        assertThat(late).isGreaterThan(events / 10);
        assertThat(checks).isGreaterThan(1000);
    }

    /** Half of the events come at once, most others seconds late, some hours or weeks, a few are ahead. */
    private static long lateness(Random random) {
        int kind = random.nextInt(20);
        return kind < 10
                ? 0
                : kind < 16
                        ? random.nextInt(15)
                        : kind < 18
                                ? random.nextInt(100_000)
                                : kind < 19
                                        ? random.nextInt(40 * (int) DAY)
                                        : -random.nextInt(EventLedger.AHEAD_SECONDS);
    }

    @Test
    void anOldOutageReportedNowBurnsTheBudgetButIsNotNow() {
        EventLedger ledger = new EventLedger(WINDOWS);
        ledger.advance(START);
        ledger.add(START - 2 * HOUR, 1000, 1000);

        assertThat(ledger.bad(5 * MINUTE)).isZero();
        assertThat(ledger.bad(HOUR)).isZero();
        assertThat(ledger.bad(6 * HOUR)).isEqualTo(1000);
        assertThat(ledger.bad(30 * DAY)).isEqualTo(1000);
    }

    @Test
    void anEventAheadCountsWhenItsSecondComes() {
        EventLedger ledger = new EventLedger(60);
        ledger.advance(START);
        ledger.add(START + 30, 5, 2);

        assertThat(ledger.all(60)).isZero();
        ledger.advance(START + 29);
        assertThat(ledger.all(60)).isZero();
        ledger.advance(START + 30);
        assertThat(ledger.all(60)).isEqualTo(5);
        ledger.advance(START + 89);
        assertThat(ledger.bad(60)).isEqualTo(2);
        ledger.advance(START + 90);
        assertThat(ledger.all(60)).isZero();
    }

    @Test
    void timeNeverGoesBack() {
        EventLedger ledger = new EventLedger(60);
        ledger.advance(START);
        ledger.add(START, 1, 0);
        ledger.advance(START - 3600);

        assertThat(ledger.all(60)).isEqualTo(1);
    }

    @Test
    void isTheSameAfterARestart() throws IOException {
        Random random = new Random(3);
        EventLedger ledger = new EventLedger(WINDOWS);
        for (long now = START; now < START + 20_000; now += 7) {
            ledger.advance(now);
            ledger.add(now - random.nextInt(30), 10, random.nextInt(3));
            ledger.add(now + random.nextInt(300), 1, 0);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ledger.save(new DataOutputStream(bytes));
        EventLedger restored = new EventLedger(WINDOWS);
        restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        ledger.advance(START + 25_000);
        restored.advance(START + 25_000);
        for (long window : WINDOWS) {
            assertThat(restored.all(window)).isEqualTo(ledger.all(window));
            assertThat(restored.bad(window)).isEqualTo(ledger.bad(window));
        }
        assertThat(bytes.size()).as("bytes of a checkpoint").isLessThan(40_000);
    }
}
