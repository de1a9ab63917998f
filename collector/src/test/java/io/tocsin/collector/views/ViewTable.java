/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import io.tocsin.v1.Alert;
import io.tocsin.v1.Scope;
import java.util.ArrayList;
import java.util.List;

/** Every list and single answer of every view, with every filter, order, range, step and page size. */
public final class ViewTable {
    static final Scope SCOPE =
            Scope.newBuilder().setRecording(RecordedDays.RECORDING).build();

    private ViewTable() {}

    /**
     * All rows.
     *
     * @param alerts all that there are, in any order, for what cannot be worked out from records: which alerts were raised
     */
    public static List<ViewRow> rows(RecordedDays days, List<Alert> alerts) {
        List<ViewRow> rows = new ArrayList<>();
        AgentRows.add(days, rows);
        TrendRows.add(days, rows);
        SeriesRows.add(days, rows);
        SloRows.add(days, rows);
        AlertRows.add(alerts, rows);
        PageRows.add(days, rows);
        return rows;
    }
}
