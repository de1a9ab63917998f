/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.IOException;

/** The data was written by a newer build; nothing of it was changed. */
public final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1;

    public NewerFormatException(String file, int format, int known) {
        super(file + " has format " + format + ", this build reads formats up to " + known
                + "; start the build that wrote it, or a newer one");
    }
}
