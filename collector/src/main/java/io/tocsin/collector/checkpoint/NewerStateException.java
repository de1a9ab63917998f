/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import java.io.IOException;

/** State was written by a newer build. */
public final class NewerStateException extends IOException {
    private static final long serialVersionUID = 1;

    NewerStateException(String what, int version, int known) {
        super(what + " has version " + version + ", this build reads versions up to " + known
                + "; start the build that wrote it, or a newer one");
    }
}
