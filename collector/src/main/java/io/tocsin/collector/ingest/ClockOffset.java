/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

/**
 * How far a producer's clock is behind the collector's. Each measurement is too great by the time its message travelled or
 * waited, never too small, so the least of the last few is the best. A producer's clock set forward makes the next one the least. One set back shows an
 * earlier time than the message before, which no wait does: what was measured before is forgotten. Not thread-safe.
 */
final class ClockOffset {
    /** Clocks that agree this well are left alone: the network alone may account for it. */
    static final long TOLERATED_MILLIS = 1_000;

    private static final int KEPT = 8;
    private final long[] measured = new long[KEPT];
    private int count;
    private long lastProducerMillis = Long.MIN_VALUE;

    /** In the order in which the producer sent them. */
    void measure(long collectorMillis, long producerMillis) {
        if (producerMillis < lastProducerMillis) {
            count = 0;
        }
        lastProducerMillis = producerMillis;
        measured[count++ % KEPT] = saturatedMinus(collectorMillis, producerMillis);
    }

    /** Collector minus producer. */
    long millis() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < Math.min(count, KEPT); i++) {
            least = Math.min(least, measured[i]);
        }
        return count == 0 ? 0 : least;
    }

    /** What record times are corrected by. */
    long appliedMillis() {
        long millis = millis();
        return Math.abs((double) millis) > TOLERATED_MILLIS ? millis : 0;
    }

    private static long saturatedMinus(long a, long b) {
        long difference = a - b;
        boolean overflowed = ((a ^ b) & (a ^ difference)) < 0;
        return overflowed ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
    }
}
