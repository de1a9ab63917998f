/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Tallies;
import io.tocsin.detectors.builtin.simulation.Listener;
import io.tocsin.detectors.testkit.RuleParameters;
import io.tocsin.detectors.testkit.WindowData;
import io.tocsin.detectors.testkit.Windows;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a series costs once it is warm: no allocation, so that 100,000 of them make no garbage. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SERIES = 100_000;

    private final Listener listener = new Listener();

    private static Detector create(DetectorFactory factory, Map<String, String> settings) {
        return factory.create(RuleParameters.of(factory, settings));
    }

    @Test
    void aHundredThousandSeriesMakeNoGarbage() {
        Detector[] detectors = new Detector[SERIES];
        for (int i = 0; i < SERIES; i++) {
            detectors[i] = create(new ThroughputDropFactory(), Map.of("window-size", "10", "warm-up", "100s"));
        }
        WindowData[] windows = windows(40);
        for (int step = 0; step < 20; step++) {
            observeAll(detectors, windows[step]);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        observeAll(detectors, windows[20]);
        observeAll(detectors, windows[21]);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        // the JVM itself may allocate a little while it compiles; a byte a series would be 200,000
        assertThat(allocated).as("bytes for %s windows", 2 * SERIES).isLessThan(SERIES / 2);
    }

    private void observeAll(Detector[] detectors, WindowData window) {
        for (Detector detector : detectors) {
            detector.observe(window, listener);
        }
    }

    @Test
    void noDetectorOfWindowsAllocatesInSteadyState() {
        assertNoGarbage(create(new LatencySpikeFactory(), Map.of()));
        assertNoGarbage(create(new ErrorRateSpikeFactory(), Map.of()));
        assertNoGarbage(create(new ThroughputDropFactory(), Map.of()));
        assertNoGarbage(create(new AgentFailureFactory(), Map.of()));
        assertNoGarbage(create(new ThresholdFactory(), Map.of("statistic", "quantile", "above", "1")));
        assertNoGarbage(create(new AbsenceFactory(), Map.of()));
    }

    private void assertNoGarbage(Detector detector) {
        WindowData[] windows = windows(4000);
        run(detector, windows, 0, 3000);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(detector, windows, 3000, 4000);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for 1,000 windows by %s", detector).isLessThan(1000);
    }

    private void run(Detector detector, WindowData[] windows, int from, int to) {
        for (int step = from; step < to; step++) {
            detector.observe(windows[step], listener);
            detector.step(windows[step].endMillis(), listener);
        }
    }

    private static WindowData[] windows(int count) {
        Random random = new Random(1);
        WindowData[] windows = new WindowData[count];
        for (int step = 0; step < count; step++) {
            windows[step] = Windows.nth(step)
                    .values(Windows.logNormal(random, 40 + random.nextInt(21), 0.4, 0.5))
                    .build();
        }
        return windows;
    }

    @Test
    void noDetectorOfTalliesAllocatesInSteadyState() {
        assertNoGarbageFromTallies(create(new SloFactory(), Map.of()));
        assertNoGarbageFromTallies(create(new OutageFactory(), Map.of()));
        assertNoGarbageFromTallies(
                create(new SloFactory(), Map.of("type", "throughput", "target", "10", "window", "1h")));
    }

    private void assertNoGarbageFromTallies(Detector detector) {
        OneSecond second = new OneSecond();
        for (int i = 0; i < 20_000; i++, second.now++) {
            detector.observe(second, listener);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++, second.now++) {
            detector.observe(second, listener);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for 1,000 calls of %s", detector).isLessThan(1000);
    }

    /** A batch of two rows: this second, and one that is late. */
    private static final class OneSecond implements Tallies {
        private long now = Windows.START_MILLIS / 1000;

        @Override
        public int size() {
            return 2;
        }

        @Override
        public int member(int row) {
            return 0;
        }

        @Override
        public int input(int row) {
            return 0;
        }

        @Override
        public long second(int row) {
            return row == 0 ? now - 5 : now;
        }

        @Override
        public long all(int row) {
            return 100;
        }

        @Override
        public long failed(int row) {
            return now % 100 == 0 ? 1 : 0;
        }

        @Override
        public long over(int row) {
            return 0;
        }

        @Override
        public long overOrFailed(int row) {
            return failed(row);
        }

        @Override
        public long nowMillis() {
            return now * 1000;
        }
    }
}
