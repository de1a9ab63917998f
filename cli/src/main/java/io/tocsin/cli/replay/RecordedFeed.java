/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import io.tocsin.cli.console.CommandFailure;
import io.tocsin.client.Attributes;
import io.tocsin.client.Outcomes;
import io.tocsin.client.TocsinClient;
import java.util.HashMap;
import java.util.Map;

/** Records what a file tells through the client SDK, at a pace. Confined to one thread. */
final class RecordedFeed {
    private final TocsinClient client;
    private final Pace pace;
    private final Map<RecordedSeries, Outcomes> handles = new HashMap<>();

    RecordedFeed(TocsinClient client, Pace pace) {
        this.client = client;
        this.pace = pace;
    }

    void send(RecordedOutcome outcome) {
        Outcomes handle = handles.get(outcome.series());
        if (handle == null) {
            handle = client.outcomes(
                    RecordedSeries.METRIC, Attributes.of(outcome.series().keyValuePairs()));
            handles.put(outcome.series(), handle);
        }
        try {
            long timeMillis = pace.due(outcome.endMillis());
            handle.recordAt(timeMillis, outcome.latencySeconds(), outcome.status(), outcome.errorType());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
