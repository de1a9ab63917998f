/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.IOException;

/** All detectors here write format 1, the first, and read no other: the state of a later version makes them start anew. */
final class StateFormat {
    private static final int FIRST = 1;

    private StateFormat() {}

    static void check(int format) throws IOException {
        if (format != FIRST) {
            throw new IOException("state format must be " + FIRST + ", was " + format);
        }
    }
}
