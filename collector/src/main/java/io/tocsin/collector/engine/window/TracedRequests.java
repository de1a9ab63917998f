/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.window;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.store.Exemplar;
import java.io.IOException;
import java.util.List;

/** Two traced requests of ten seconds of one series: the slowest, and of the failed ones the one that ended last. */
public final class TracedRequests {
    /** Takes requests one by one; nothing is made of those it does not want. */
    public interface Taker {
        void take(long traceHigh, long traceLow, double latencySeconds, boolean failed, long endMillis);
    }

    private long slowHigh;
    private long slowLow;
    private double slowSeconds = Double.NEGATIVE_INFINITY;
    private boolean slowFailed;
    private long slowEndMillis;
    private long failedHigh;
    private long failedLow;
    private double failedSeconds;
    private long failedEndMillis = Long.MIN_VALUE;

    void save(StateWriter out) {
        out.writeLong(slowHigh);
        out.writeLong(slowLow);
        out.writeDouble(slowSeconds);
        out.writeBoolean(slowFailed);
        out.writeNumber(slowEndMillis);
        out.writeLong(failedHigh);
        out.writeLong(failedLow);
        out.writeDouble(failedSeconds);
        out.writeNumber(failedEndMillis);
    }

    static TracedRequests restore(StateReader in) throws IOException {
        TracedRequests requests = new TracedRequests();
        requests.slowHigh = in.readLong();
        requests.slowLow = in.readLong();
        requests.slowSeconds = in.readDouble();
        requests.slowFailed = in.readBoolean();
        requests.slowEndMillis = in.readNumber();
        requests.failedHigh = in.readLong();
        requests.failedLow = in.readLong();
        requests.failedSeconds = in.readDouble();
        requests.failedEndMillis = in.readNumber();
        return requests;
    }

    /** Of two equally slow ones the first stays, of two that failed at once the second. */
    void add(long traceHigh, long traceLow, double seconds, boolean failed, long endMillis) {
        if (seconds > slowSeconds) {
            slowHigh = traceHigh;
            slowLow = traceLow;
            slowSeconds = seconds;
            slowFailed = failed;
            slowEndMillis = endMillis;
        }
        if (failed && endMillis >= failedEndMillis) {
            failedHigh = traceHigh;
            failedLow = traceLow;
            failedSeconds = seconds;
            failedEndMillis = endMillis;
        }
    }

    /** Those that ended in [fromMillis, untilMillis). */
    void forEachWithin(long fromMillis, long untilMillis, Taker taker) {
        if (slowEndMillis >= fromMillis && slowEndMillis < untilMillis) {
            taker.take(slowHigh, slowLow, slowSeconds, slowFailed, slowEndMillis);
        }
        if (hasAnotherFailed() && failedEndMillis >= fromMillis && failedEndMillis < untilMillis) {
            taker.take(failedHigh, failedLow, failedSeconds, true, failedEndMillis);
        }
    }

    private boolean hasAnotherFailed() {
        return failedEndMillis != Long.MIN_VALUE && (failedHigh != slowHigh || failedLow != slowLow);
    }

    /** The slowest first. */
    List<Exemplar> exemplars() {
        Exemplar slowest = exemplar(slowHigh, slowLow, slowSeconds, slowFailed, slowEndMillis);
        return hasAnotherFailed()
                ? List.of(slowest, exemplar(failedHigh, failedLow, failedSeconds, true, failedEndMillis))
                : List.of(slowest);
    }

    private static Exemplar exemplar(long high, long low, double seconds, boolean failed, long endMillis) {
        return new Exemplar(Exemplar.idOf(high, low), seconds, failed, endMillis);
    }
}
