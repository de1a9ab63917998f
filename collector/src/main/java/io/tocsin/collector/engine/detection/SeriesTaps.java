/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.engine.detection.RecordRows.RecordTap;
import io.tocsin.collector.engine.series.Producer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Where one series goes: the members that have it, the cells that count it, those who want single records. */
final class SeriesTaps {
    private record Joined(Group group, Member member) {}

    private TallyCell[] cells = new TallyCell[0];
    private RecordTap[] records = new RecordTap[0];
    private final List<Joined> joined = new ArrayList<>(4);

    TallyCell[] cells() {
        return cells;
    }

    RecordTap[] records() {
        return records;
    }

    /** Groups that have the series, by any input; in order of rules, of which each has one at most. */
    List<Group> groups() {
        return joined.stream()
                .map(Joined::group)
                .distinct()
                .sorted(Comparator.comparing(Group::rule, StepClock.ORDER))
                .toList();
    }

    void joined(Group group, Member member) {
        joined.add(new Joined(group, member));
    }

    void fedBy(Producer producer) {
        for (Joined one : joined) {
            one.member().fedBy(producer);
        }
    }

    /** One cell serves all rules that look alike, and counts each record once. */
    void add(TallyCell cell) {
        for (TallyCell known : cells) {
            if (known == cell) {
                return;
            }
        }
        cells = Arrays.copyOf(cells, cells.length + 1);
        cells[cells.length - 1] = cell;
    }

    void add(RecordTap tap) {
        records = Arrays.copyOf(records, records.length + 1);
        records[records.length - 1] = tap;
    }

    /** The rule is gone, and its cells are not wanted any more. */
    void left(RuleWatch rule) {
        joined.removeIf(one -> one.group().rule() == rule);
        cells = Arrays.stream(cells).filter(TallyCell::isWanted).toArray(TallyCell[]::new);
        records =
                Arrays.stream(records).filter(tap -> tap.group().rule() != rule).toArray(RecordTap[]::new);
    }
}
