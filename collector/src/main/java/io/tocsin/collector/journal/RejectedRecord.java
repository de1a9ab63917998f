/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;

/** One record that is not taken, for good. */
public record RejectedRecord(int row, Reason reason, String message) {
    /** What was wrong with it; docs/errors.md has the limits. */
    public enum Reason {
        UNKNOWN_SERIES,
        WRONG_KIND,
        BAD_VALUE,
        TOO_FAR_AHEAD,
        TOO_OLD,
        BAD_NAME,
        UNKNOWN_ERROR_TYPE
    }

    void save(StateWriter out) {
        out.writeSize(row);
        out.writeText(reason.name());
        out.writeText(message);
    }

    static RejectedRecord restore(StateReader in) throws IOException {
        return new RejectedRecord((int) in.readSize(), in.readConstant(Reason.class), in.readText());
    }
}
