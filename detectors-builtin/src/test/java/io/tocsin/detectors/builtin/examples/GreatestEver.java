/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Grew from a first version, whose state was a mean alone, to one that also counts its windows: reads both formats, and takes over what the first
 * one knew.
 */
final class GreatestEver implements Detector {
    private final int writes;
    private double greatest;
    private long windows;

    /** @param version 1 as it was first released, 2 as it is now */
    GreatestEver(int version) {
        writes = version;
    }

    @Override
    public void observe(Window window, Findings findings) {
        windows++;
        if (window.count() == 0) {
            return;
        }
        double seconds = Math.max(0, Math.min(1e300, window.max()));
        if (greatest > 0) {
            findings.judge(0, "record", Math.min(1e6, seconds / (2 * greatest)))
                    .compared(seconds, 0, 2 * greatest, "s")
                    .text("the greatest latency is {observed} s, ever so far {high} s");
        }
        greatest = Math.max(greatest, seconds);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeDouble(greatest);
        if (writes == 2) {
            out.writeLong(windows);
        }
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        if (format < 1 || format > writes) {
            throw new IOException("state format must be 1 to " + writes + ", was " + format);
        }
        greatest = in.readDouble();
        windows = format >= 2 ? in.readLong() : 0;
    }

    /** Makes the version of today. */
    public static final class Factory implements DetectorFactory {
        static final Input REQUESTS = Input.outcomes("requests", "whose latency is watched");

        public Factory() {}

        @Override
        public String name() {
            return "greatest-ever";
        }

        @Override
        public String summary() {
            return "Twice the greatest latency ever.";
        }

        @Override
        public List<Input> inputs() {
            return List.of(REQUESTS);
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of();
        }

        @Override
        public int stateFormat() {
            return 2;
        }

        @Override
        public Detector create(Parameters parameters) {
            return new GreatestEver(2);
        }
    }
}
