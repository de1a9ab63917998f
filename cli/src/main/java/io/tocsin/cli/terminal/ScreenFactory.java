/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.Optional;

/** Takes the terminal, where there is one for a full screen. */
public interface ScreenFactory {
    /** What it can show. */
    Look look();

    /** Whether there is one. */
    boolean available();

    /** Takes it; empty: there is none, or it cannot be had. */
    Optional<Screen> open(Look look);

    /** There is no terminal. */
    static ScreenFactory none() {
        return new ScreenFactory() {
            @Override
            public Look look() {
                return Look.simplest();
            }

            @Override
            public boolean available() {
                return false;
            }

            @Override
            public Optional<Screen> open(Look look) {
                return Optional.empty();
            }
        };
    }
}
