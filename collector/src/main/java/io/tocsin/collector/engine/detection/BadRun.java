/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;

/**
 * Tells since when more has been bad than may be, from counts by second: a cumulative sum of what was bad beyond the allowed share. The run begins with the
 * first bad second after the sum was last used up, which is the likeliest place of the change; it is over when the sum is used up, or after
 * {@value #CALM_SECONDS} s without too many bad ones. O(1) for each count.
 *
 * <p>Source: E. S. Page, "Continuous inspection schemes", 1954.
 */
final class BadRun {
    static final long CALM_SECONDS = 30;
    /** Allowed where no objective says what is: more than usual, less than what anybody would call an outage. */
    static final double USUAL_SHARE = 0.1;

    private final double allowedShare;
    private double excess;
    private long sinceSecond;
    private long worstSecond;
    private long latestSecond;

    BadRun(double allowedShare) {
        this.allowedShare = allowedShare;
    }

    void save(StateWriter out) {
        out.writeDouble(excess);
        out.writeNumber(sinceSecond);
        out.writeNumber(worstSecond);
        out.writeNumber(latestSecond);
    }

    static BadRun restore(double allowedShare, StateReader in) throws IOException {
        BadRun run = new BadRun(allowedShare);
        run.excess = in.readDouble();
        run.sinceSecond = in.readNumber();
        run.worstSecond = in.readNumber();
        run.latestSecond = in.readNumber();
        return run;
    }

    void add(long second, long all, long bad) {
        double over = bad - allowedShare * all;
        if (excess > 0 && second - worstSecond > CALM_SECONDS) {
            excess = 0;
        }
        if (over > 0 && (excess == 0 || second < sinceSecond)) {
            sinceSecond = second;
        }
        if (over > 0) {
            worstSecond = excess == 0 ? second : Math.max(worstSecond, second);
        }
        excess = Math.max(0, excess + over);
        latestSecond = second;
    }

    /** Whether there is a run. */
    boolean isOn() {
        return excess > 0;
    }

    /** Start of the run's first second; of the second counted last if there is no run. */
    long sinceMillis() {
        return (excess > 0 ? sinceSecond : latestSecond) * 1_000;
    }
}
