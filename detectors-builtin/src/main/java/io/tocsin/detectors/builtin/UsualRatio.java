/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What share of outcomes usually fails: all failures over all outcomes of the last windows, and the robust spread of the windows' own
 * shares. Sums rather than a median of shares, since most windows have no failure at all.
 */
final class UsualRatio {
    /** A past without failures proves no share below this. */
    private static final double LEAST = 0.001;

    /**
     * Of a window's outcomes. Single precision rounds what is beyond 16 million, to whole numbers still, so that sums by addition and subtraction
     * stay exact.
     */
    private static final double MOST = 1e11;

    private final float[] failed;
    private final float[] all;
    private final UsualLevel shares;
    private int size;
    private int next;
    private double failedSum;
    private double allSum;

    UsualRatio(int windows) {
        failed = new float[windows];
        all = new float[windows];
        shares = new UsualLevel(windows);
    }

    /** Learns a window of at least one outcome. */
    void learn(double windowFailed, double windowAll) {
        shares.learn(windowFailed / windowAll);
        keep((float) Math.min(windowFailed, MOST), (float) Math.min(windowAll, MOST));
    }

    private void keep(float windowFailed, float windowAll) {
        failedSum += windowFailed - failed[next];
        allSum += windowAll - all[next];
        failed[next] = windowFailed;
        all[next] = windowAll;
        next = (next + 1) % all.length;
        size = Math.min(size + 1, all.length);
    }

    int size() {
        return size;
    }

    /** The usual share, at least 0.001, below 1. */
    double ratio() {
        return Math.min(Math.max((failedSum + 1) / (allSum + 2), LEAST), 0.999);
    }

    /** The usual share as it was, 0 to 1. */
    double plainRatio() {
        return allSum > 0 ? failedSum / allSum : 0;
    }

    double failedSum() {
        return failedSum;
    }

    double allSum() {
        return allSum;
    }

    /** How far the share of windows strays, as a standard deviation; 0 if most have none. */
    double spread() {
        return shares.spread();
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int back = size; back > 0; back--) {
            int i = Math.floorMod(next - back, all.length);
            out.writeFloat(failed[i]);
            out.writeFloat(all[i]);
        }
        shares.save(out);
    }

    void restore(DataInput in) throws IOException {
        int saved = in.readInt();
        for (int i = 0; i < saved; i++) {
            keep(in.readFloat(), in.readFloat());
        }
        shares.restore(in);
    }
}
