/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Window;

/** Whether few records prove anything. */
final class Coverage {
    /** Shares are quotients of milliseconds; a rounding error is no gap. */
    private static final double FULL = 0.999;

    private Coverage() {}

    static boolean isFull(Window window) {
        return window.coverage() >= FULL;
    }
}
