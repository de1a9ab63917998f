/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/** The time from the first data on in which nothing is judged. Silence then leaves alerts as they are, also after a restart. */
final class WarmUp {
    /** A baseline of fewer windows says nothing, however long they took. */
    static final int LEAST_WINDOWS = 8;

    private static final long NEVER = Long.MIN_VALUE;
    private final long lengthMillis;
    private long startMillis = NEVER;

    WarmUp(Duration length) {
        lengthMillis = length.toMillis();
    }

    void begin(long millis) {
        if (startMillis == NEVER) {
            startMillis = millis;
        }
    }

    boolean over(long nowMillis, int windowsLearnt) {
        return windowsLearnt >= LEAST_WINDOWS && nowMillis - startMillis >= lengthMillis;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(startMillis);
    }

    void restore(DataInput in) throws IOException {
        startMillis = in.readLong();
    }
}
