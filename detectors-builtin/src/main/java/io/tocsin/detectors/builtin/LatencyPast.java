/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Gauges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/**
 * One quantile of latency against its own past, in logarithms, since latencies stray by factors.
 *
 * <p>The limit is the greater of a least change and of so many usual deviations. A deviation has two parts ({@link UsualLevel}): drift, which
 * stays however many records there are, and noise, which falls with their number, so that a window with a tenth of the usual records is allowed
 * to stray more, and eight windows together less.
 */
final class LatencyPast implements Past {
    private static final double LEAST_SECONDS = 1e-6;
    private static final double MOST_SECONDS = 1e9;
    /** In logarithms: no latency is steadier than two per cent. */
    private static final double LEAST_VARIANCE = 0.02 * 0.02;

    private static final int COUNT = 0;
    private static final int COUNT_TIMES_LOG = 1;

    private final double multiplier;
    private final double leastChange;
    private final UsualLevel past;
    private final RecentSums recent = new RecentSums(2);
    private final Admission admission = new Admission();
    /** Records that a learnt window had, on average. */
    private double usualCount;

    // of the latest window
    private double latest = Double.NaN;
    private double latestCount;
    private double score;
    private double observed;
    private double limit;
    private int windows = 1;

    LatencyPast(int windows, double multiplier, double minimumChange) {
        this.multiplier = multiplier;
        this.leastChange = StrictMath.log(minimumChange);
        this.past = new UsualLevel(windows);
    }

    void observe(double seconds, long count) {
        latest = StrictMath.log(Math.min(Math.max(seconds, LEAST_SECONDS), MOST_SECONDS));
        latestCount = count;
        score = 0;
        recent.begin();
        recent.put(COUNT, latestCount);
        recent.put(COUNT_TIMES_LOG, latestCount * latest);
    }

    /** Scores the latest windows; false if there are too few records to tell. */
    boolean evaluate(double minimumTraffic, Peers peers) {
        observed = latest;
        limit = limit(latestCount);
        windows = 1;
        boolean told = false;
        // a longer span counts only while the latest window agrees: what is over is over
        boolean agrees = latest - past.level() > leastChange / 2;
        for (int span = 0; span < recent.spans() && !(told && !agrees); span++) {
            double count = weight(span);
            if (count < minimumTraffic) {
                continue;
            }
            told = true;
            if (span == 0 || agrees) {
                score(span, count, peers.excuse(this, span, minimumTraffic));
            }
        }
        return told;
    }

    private void score(int span, double count, double excuse) {
        double spanLimit = limit(count);
        double spanScore = Scores.bounded((amount(span) / count - excuse) / spanLimit);
        if (spanScore > score) {
            score = spanScore;
            observed = recent.sum(span, COUNT_TIMES_LOG) / count;
            limit = spanLimit + excuse;
            windows = RecentSums.windows(span);
        }
    }

    private double limit(double count) {
        double noise = past.noiseVariance() * usualCount / count;
        double deviation = Math.sqrt(Math.max(past.driftVariance() + noise, LEAST_VARIANCE));
        return Math.max(leastChange, multiplier * deviation);
    }

    /** Takes the latest window into the past, or one in sixteen of the unusual ones, whatever peers did. */
    void learn() {
        boolean usual = past.size() < WarmUp.LEAST_WINDOWS
                || (score < 1 && Math.abs(latest - past.level()) < Scores.UNUSUAL * limit(latestCount));
        if (admission.admits(usual)) {
            past.learn(latest);
            usualCount += (latestCount - usualCount) / past.size();
        }
    }

    int size() {
        return past.size();
    }

    double score() {
        return score;
    }

    double observedSeconds() {
        return StrictMath.exp(observed);
    }

    double usualSeconds() {
        return StrictMath.exp(past.level());
    }

    double highSeconds() {
        return StrictMath.exp(past.level() + limit);
    }

    int windows() {
        return windows;
    }

    @Override
    public int spans() {
        return recent.spans();
    }

    @Override
    public double weight(int span) {
        return recent.sum(span, COUNT);
    }

    @Override
    public double amount(int span) {
        return recent.sum(span, COUNT_TIMES_LOG) - past.level() * recent.sum(span, COUNT);
    }

    @Override
    public double neutral() {
        return 0;
    }

    @Override
    public int direction() {
        return 1;
    }

    void inspect(ObjDoubleConsumer<String> gauges) {
        if (past.size() >= WarmUp.LEAST_WINDOWS) {
            gauges.accept(Gauges.EXPECTED_LOW, 0);
            gauges.accept(Gauges.EXPECTED_HIGH, StrictMath.exp(past.level() + limit(usualCount)));
        }
    }

    void save(DataOutput out) throws IOException {
        past.save(out);
        recent.save(out);
        admission.save(out);
        out.writeDouble(usualCount);
        out.writeDouble(latest);
        out.writeDouble(latestCount);
        out.writeDouble(score);
        out.writeDouble(observed);
        out.writeDouble(limit);
        out.writeInt(windows);
    }

    void restore(DataInput in) throws IOException {
        past.restore(in);
        recent.restore(in);
        admission.restore(in);
        usualCount = in.readDouble();
        latest = in.readDouble();
        latestCount = in.readDouble();
        score = in.readDouble();
        observed = in.readDouble();
        limit = in.readDouble();
        windows = in.readInt();
    }
}
