/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Lets usual windows into a baseline, and of unusual ones one in sixteen. So an incident does not poison the baseline, and what stays is learnt
 * all the same: when a tenth of a baseline is of the new kind its spread takes that in, after 1.6 times the baseline's length (32 minutes for 120
 * windows of 10 s), and from there on all windows are learnt.
 */
final class Admission {
    private static final int ONE_IN = 16;
    private int unusual;

    boolean admits(boolean usual) {
        if (usual) {
            return true;
        }
        unusual = (unusual + 1) % ONE_IN;
        return unusual == 0;
    }

    void save(DataOutput out) throws IOException {
        out.writeByte(unusual);
    }

    void restore(DataInput in) throws IOException {
        unusual = in.readByte();
    }
}
