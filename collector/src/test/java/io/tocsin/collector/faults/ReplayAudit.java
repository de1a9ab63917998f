/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.backtest.JournalEvents;
import io.tocsin.collector.server.LoadedDetection;
import io.tocsin.v1.AlertEvent;
import java.nio.file.Path;
import java.util.List;

/** Live equals replay: a backtest over what a collector left, with the same configuration, gives the events that a subscriber was sent. */
final class ReplayAudit {

    private ReplayAudit() {}

    /** Returns how many were compared. The collector of that folder, started like that, has ended. */
    static long compare(Path folder, Launch launch, Witness witness) throws Exception {
        List<AlertEvent> sent = witness.events();
        try (LoadedDetection same = LoadedDetection.of(CollectorProcess.configured(folder, launch))) {
            List<JournalEvents.Event> again = JournalEvents.of(CollectorProcess.data(folder), same.side(same.plan()));
            if (sent.isEmpty()) {
                return 0;
            }
            long first = sent.get(0).getNumber();
            long last = sent.get(sent.size() - 1).getNumber();
            // those after the last were sent to nobody: the collector stopped
            assertThat(again.stream()
                            .filter(event -> event.number() >= first && event.number() <= last)
                            .map(JournalEvents.Event::id))
                    .as("events of a backtest over the journal are those that were sent")
                    .isEqualTo(sent.stream().map(AlertEvent::getId).toList());
        }
        return sent.size();
    }
}
