/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.engine.detection.TallyCell.TallyTap;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the cell that counts for a group, one for all rules that select, group and compare alike. */
final class TallyCells {
    record Key(
            String tenant,
            Selector selector,
            List<String> groupBy,
            Attributes group,
            List<String> memberBy,
            Attributes member,
            double threshold) {}

    /** Never iterated over. */
    private final Map<Key, TallyCell> cells = new HashMap<>();

    /** By identity of groups; never iterated over. */
    private final Map<Group, Set<TallyCell>> byGroup = new HashMap<>();

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
        TallyCell cell = cells.computeIfAbsent(key, TallyCell::new);
        cell.add(tap);
        byGroup.computeIfAbsent(tap.group(), g -> new LinkedHashSet<>()).add(cell);
        return cell;
    }

    /** The cell that counts for this one. */
    Optional<TallyCell> find(TallyTap tap) {
        return byGroup.getOrDefault(tap.group(), Set.of()).stream()
                .filter(cell -> cell.has(tap))
                .findFirst();
    }

    /** The group is gone: those cells that only it wanted go. */
    void left(Group group) {
        Set<TallyCell> of = byGroup.remove(group);
        if (of != null) {
            of.forEach(cell -> {
                cell.removeTapsOf(group);
                removeIfUnwanted(cell);
            });
        }
    }

    /** A member of the group is gone, with the last of its series, which had these cells. */
    void left(Group group, int member, TallyCell[] ofSeries) {
        Set<TallyCell> of = byGroup.get(group);
        for (TallyCell cell : ofSeries) {
            cell.removeTapsOf(group, member);
            if (of != null && !cell.isWantedBy(group)) {
                of.remove(cell);
            }
            removeIfUnwanted(cell);
        }
    }

    private void removeIfUnwanted(TallyCell cell) {
        if (!cell.isWanted()) {
            cells.remove(cell.key(), cell);
        }
    }
}
