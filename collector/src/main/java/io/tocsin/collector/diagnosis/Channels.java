/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** Whether notifications leave. */
final class Channels implements Check {
    private static final String NAME = "channels";

    @Override
    public List<Diagnosis> look(Observed observed) {
        List<Diagnosis> found = new ArrayList<>();
        for (ChannelStanding.Seen channel : observed.channels()) {
            String name = channel.type() + " channel " + Words.quoted(channel.name())
                    + (channel.target().isEmpty() ? "" : " to " + channel.target());
            String counts = Words.count(channel.delivered(), "notification") + " delivered, " + channel.lost()
                    + " lost, " + channel.waiting() + " waiting";
            if (!channel.lastError().isEmpty()) {
                found.add(Diagnosis.trouble(
                        NAME,
                        name + " fails: " + channel.lastError() + " (" + counts + ")",
                        "mend what it says, then try it: ./tocsin notify-test " + channel.name()));
            } else if (channel.lost() > 0) {
                found.add(Diagnosis.notice(
                        NAME,
                        name + " works now, but " + counts,
                        "see the collector's log for when; ./tocsin alerts list has what was missed"));
            }
        }
        if (found.isEmpty()) {
            found.add(
                    observed.channels().isEmpty()
                            ? Diagnosis.ok(NAME, "no channels are configured; alerts go to subscribers alone")
                            : Diagnosis.ok(NAME, Words.count(observed.channels().size(), "channel") + ", none fails"));
        }
        return found;
    }
}
