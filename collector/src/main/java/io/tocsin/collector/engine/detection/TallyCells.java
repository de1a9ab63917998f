/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.engine.detection.TallyCell.TallyTap;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the cell that counts for a group, one for all rules that select, group and compare alike. */
final class TallyCells {
    private record Key(
            String tenant,
            Selector selector,
            List<String> groupBy,
            Attributes group,
            List<String> memberBy,
            Attributes member,
            double threshold) {}

    /** Never iterated over, but to remove. */
    private final Map<Key, TallyCell> cells = new HashMap<>();

    TallyCell cell(RuleWatch watch, TallyTap tap, boolean perMember, Attributes series) {
        List<String> memberBy = perMember ? watch.rule().memberBy() : List.of();
        Key key = new Key(
                watch.tenant(),
                watch.selector(tap.input()),
                watch.rule().groupBy(),
                tap.group().attributes(),
                memberBy,
                series.only(memberBy),
                watch.threshold(tap.input()));
        TallyCell cell = cells.computeIfAbsent(key, k -> new TallyCell(k.threshold()));
        cell.add(tap);
        return cell;
    }

    /** The group is gone, or one of its series: those cells that only it wanted go. */
    void left(Group group) {
        cells.values().removeIf(cell -> cell.removeTapsOf(group));
    }
}
