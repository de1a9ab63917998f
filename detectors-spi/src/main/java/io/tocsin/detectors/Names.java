/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import java.util.regex.Pattern;

/** The one rule for names of inputs and parameters. */
final class Names {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-]{1,64}");

    private Names() {}

    static String check(String what, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " name must be 1 to 64 of a-z, 0-9 and '-', was \"" + name + "\"");
        }
        return name;
    }
}
