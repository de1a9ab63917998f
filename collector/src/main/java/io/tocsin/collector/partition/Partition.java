/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import io.tocsin.collector.engine.detection.RuleViews;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.store.AlertReader;
import io.tocsin.collector.store.EventLog;
import io.tocsin.collector.store.SeriesReader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One journal and one engine. What the doors see of it: a way in, and read-only views. Thread-safe. */
public interface Partition {

    int number();

    /** The recording that it holds; empty for a live partition. */
    Optional<RecordingStatus> recording();

    Intake intake();

    SeriesReader series();

    AlertReader alerts();

    EventLog events();

    RuleViews rules();

    PartitionStatus status();

    /**
     * Asks the engine to publish what it has, open windows too, once it has applied {@code offset} (0: now). Calls close to each other share one
     * publication. Completes when the views show it, exceptionally if the engine stands still or too many wait. The future is the
     * caller's own; once it is done otherwise, by a time-out, nothing waits for it any more.
     */
    CompletableFuture<Void> published(long offset);

    /** How often it has published because somebody asked. What was read of the views at one number may be shown again while it stays. */
    long publication();
}
