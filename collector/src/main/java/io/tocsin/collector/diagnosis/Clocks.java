/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.ingest.ProducerView;
import io.tocsin.collector.ingest.ProducerView.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether the producers' clocks agree with ours. */
final class Clocks implements Check {
    private static final String NAME = "clocks";
    private static final long TOLERATED_MILLIS = 1_000;
    private static final long FAR_OFF_MILLIS = 60_000;

    @Override
    public List<Diagnosis> look(Observed observed) {
        List<ProducerView> told = observed.producers().stream()
                .filter(p -> p.standing() == Standing.ALIVE || p.standing() == Standing.LOST)
                .toList();
        List<ProducerView> off = new ArrayList<>(told);
        off.removeIf(p -> size(p) <= TOLERATED_MILLIS);
        if (off.isEmpty()) {
            return List.of(Diagnosis.ok(
                    NAME,
                    told.isEmpty()
                            ? "no producer has told its clock"
                            : "the clocks of " + Words.count(told.size(), "producer") + " are within 1 s of ours"));
        }
        off.sort(Comparator.comparingDouble(Clocks::size).reversed());
        String seen = (off.size() == 1 ? "the clock of " : off.size() + " clocks are off: ")
                + Words.list(off.stream()
                        .map(p -> ArrivingData.name(p) + (off.size() == 1 ? " is " : " ")
                                + Words.length(p.clockOffsetMillis())
                                + (p.clockOffsetMillis() > 0 ? " behind" : " ahead of") + " ours")
                        .toList());
        String remedy =
                "set the clocks of those hosts by NTP, and see that ours is right; until then their record times are corrected by that much, but what is pushed is taken as it is";
        return List.of(
                size(off.get(0)) > FAR_OFF_MILLIS
                        ? Diagnosis.trouble(NAME, seen, remedy)
                        : Diagnosis.notice(NAME, seen, remedy));
    }

    private static double size(ProducerView producer) {
        return Math.abs((double) producer.clockOffsetMillis());
    }
}
