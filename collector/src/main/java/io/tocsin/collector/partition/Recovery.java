/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells a person how far a start has come, when it takes longer than a moment. Confined to the thread that starts. */
public final class Recovery {
    private static final long TOLD_EVERY_MILLIS = 2_000;

    private final InstantSource clock;
    private final Consumer<String> told;
    private long toldMillis;

    /** @param told gets lines for the console */
    public Recovery(InstantSource clock, Consumer<String> told) {
        this.clock = clock;
        this.told = told;
        this.toldMillis = clock.millis();
    }

    /** Something that a person should know in any case. */
    void tell(String line) {
        told.accept(line);
    }

    /** So much of it is done. */
    void progress(String what, long done, long all) {
        long now = clock.millis();
        if (now - toldMillis >= TOLD_EVERY_MILLIS) {
            toldMillis = now;
            told.accept(String.format(Locale.ROOT, "%s: %.0f %%", what, 100.0 * done / Math.max(1, all)));
        }
    }
}
