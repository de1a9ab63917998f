/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import java.io.DataInput;
import java.io.DataOutput;

/** Stands in for a detector whose parameters were refused; never used. */
final class Rejected implements Detector {
    @Override
    public void save(DataOutput out) {
        throw new IllegalStateException("its parameters were refused");
    }

    @Override
    public void restore(int format, DataInput in) {
        throw new IllegalStateException("its parameters were refused");
    }
}
