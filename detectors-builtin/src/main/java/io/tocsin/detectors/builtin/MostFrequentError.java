/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Window;

/** Asked only for what is told, since a set allocates. */
final class MostFrequentError {
    private MostFrequentError() {}

    static String of(Window window) {
        String most = "";
        long mostErrors = 0;
        for (String type : window.errorTypes()) {
            long errors = window.errors(type);
            if (errors > mostErrors) {
                mostErrors = errors;
                most = type;
            }
        }
        return most.isEmpty() ? "unknown" : most;
    }
}
