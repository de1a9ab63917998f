/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.engine.detection.RecordRows.RecordTap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What rules want of one series beyond its windows: tallies, single records. */
final class SeriesTaps {
    private TallyCell[] cells = new TallyCell[0];
    private RecordTap[] records = new RecordTap[0];
    private final List<Group> groups = new ArrayList<>(4);

    TallyCell[] cells() {
        return cells;
    }

    RecordTap[] records() {
        return records;
    }

    /** Groups that have the series, by any input. */
    List<Group> groups() {
        return groups;
    }

    void joined(Group group) {
        if (!groups.contains(group)) {
            groups.add(group);
        }
    }

    /** The cell that counts against this threshold, shared by all rules that have it. */
    TallyCell cell(double threshold) {
        for (TallyCell cell : cells) {
            if (Double.compare(cell.threshold(), threshold) == 0) {
                return cell;
            }
        }
        TallyCell cell = new TallyCell(threshold);
        cells = Arrays.copyOf(cells, cells.length + 1);
        cells[cells.length - 1] = cell;
        return cell;
    }

    void add(RecordTap tap) {
        records = Arrays.copyOf(records, records.length + 1);
        records[records.length - 1] = tap;
    }

    void left(Group group) {
        groups.remove(group);
        for (TallyCell cell : cells) {
            cell.removeTapsOf(group);
        }
        cells = Arrays.stream(cells).filter(TallyCell::hasTaps).toArray(TallyCell[]::new);
        records = Arrays.stream(records).filter(tap -> tap.group() != group).toArray(RecordTap[]::new);
    }
}
