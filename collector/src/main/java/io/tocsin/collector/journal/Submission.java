/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.io.IOException;

/** Something that waits to be written to the journal. Written, or told that it will not be, on the writer's thread. */
interface Submission {
    /** What a control entry counts for. */
    long CONTROL_BYTES = 256;

    /** What it takes of the bound. */
    long bytes();

    void write() throws IOException;

    /** The journal failed before this was forced. */
    default void fail() {}

    /** What {@link #write} does. */
    interface Write {
        void write() throws IOException;
    }

    /** An entry for which nobody waits. */
    static Submission control(Write write) {
        return new Submission() {
            @Override
            public long bytes() {
                return CONTROL_BYTES;
            }

            @Override
            public void write() throws IOException {
                write.write();
            }
        };
    }
}
