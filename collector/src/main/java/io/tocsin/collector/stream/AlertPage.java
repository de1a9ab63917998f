/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.engine.alert.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * One page of alerts, newest change first. The next page begins below the last event of this one, so that alerts which change meanwhile
 * move to the front, where a new list shows them, and shift nothing. Immutable.
 */
public record AlertPage(List<io.tocsin.v1.Alert> alerts, String nextToken) {
    public static AlertPage of(List<Alert> all, Predicate<Alert> selection, Page page) {
        long below = page.place().map(p -> number(p.after())).orElse(Long.MAX_VALUE);
        List<Alert> selected = all.stream()
                .filter(alert -> alert.lastEvent() < below)
                .filter(selection)
                .sorted(Comparator.comparingLong(Alert::lastEvent).reversed())
                .limit(page.size() + 1L)
                .toList();
        boolean more = selected.size() > page.size();
        List<io.tocsin.v1.Alert> alerts = new ArrayList<>();
        for (Alert alert : more ? selected.subList(0, page.size()) : selected) {
            alerts.add(ProtoAlerts.alert(alert));
        }
        String token = more
                ? page.next(new Page.Place(
                        0, 0, Long.toString(selected.get(page.size() - 1).lastEvent())))
                : "";
        return new AlertPage(alerts, token);
    }

    private static long number(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw CallErrors.invalid("page_token", "must be the next_page_token of an answer, unchanged");
        }
    }
}
