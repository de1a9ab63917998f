/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Looks once a second whether all is well, and tells. One thread of its own. */
final class HealthWatch {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "tocsin-health");
        made.setDaemon(true);
        return made;
    });

    /** Tells at once, and from then on each second. */
    HealthWatch(BooleanSupplier healthy, Consumer<Boolean> told) {
        told.accept(healthy.getAsBoolean());
        var unused = thread.scheduleWithFixedDelay(() -> told.accept(healthy.getAsBoolean()), 1, 1, TimeUnit.SECONDS);
    }

    void close() {
        thread.shutdownNow();
    }
}
