/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import java.io.IOException;

/** A file is not, or not any more, what was written as a checkpoint. */
public final class DamagedCheckpointException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedCheckpointException(String what) {
        super(what);
    }
}
