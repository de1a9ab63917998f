/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.tocsin.collector.diagnosis.ChannelStanding;
import io.tocsin.collector.notify.Notifier;
import jakarta.inject.Inject;
import java.util.List;

/** How channels do, for a diagnosis. Thread-safe. */
record ChannelsOfStages(Notifier notifier) implements ChannelStanding {
    @Inject
    ChannelsOfStages {}

    @Override
    public List<Seen> read() {
        return notifier.channels().stream()
                .map(channel -> new Seen(
                        channel.name(),
                        channel.type(),
                        channel.target(),
                        channel.delivered(),
                        channel.lost(),
                        channel.waiting(),
                        channel.lastError()))
                .toList();
    }
}
