/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.Ordering;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.engine.alert.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * One page of alerts. In the usual order, newest change first, the next page begins below the last event of this one, so that alerts which change
 * meanwhile move to the front, where a new list shows them, and shift nothing. In other orders a page is a part of the list as it is
 * when it is asked for. Immutable.
 */
public record AlertPage(List<io.tocsin.v1.Alert> alerts, String nextToken) {
    private static final String USUAL = "changed";
    private static final Ordering<Alert> ORDERS = new Ordering<Alert>(
                    Comparator.comparingLong(Alert::lastEvent).reversed().thenComparing(Alert::id))
            .greatestFirst(USUAL, Comparator.comparingLong(Alert::lastEvent))
            .greatestFirst("severity", Comparator.comparing(Alert::severity))
            .greatestFirst("score", Comparator.comparingDouble(Alert::peakScore))
            .greatestFirst("started", Comparator.comparingLong(Alert::startedMillis));

    /**
     * A page in an order; throws INVALID_ARGUMENT if there is no such order.
     *
     * @param range that all pages of the list have, 0 and 0 if they have none
     */
    public static AlertPage of(
            List<Alert> all, Predicate<Alert> selection, String orderBy, Page page, Page.Place range) {
        Comparator<Alert> order = ORDERS.of("order_by", orderBy);
        boolean usual = orderBy.isEmpty() || orderBy.strip().equals(USUAL);
        long below = usual ? page.place().map(p -> number(p.after())).orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
        List<Alert> selected = all.stream()
                .filter(alert -> alert.lastEvent() < below)
                .filter(selection)
                .sorted(order)
                .skip(usual ? 0 : page.offset())
                .limit(page.size() + 1L)
                .toList();
        boolean more = selected.size() > page.size();
        List<io.tocsin.v1.Alert> alerts = new ArrayList<>();
        for (Alert alert : more ? selected.subList(0, page.size()) : selected) {
            alerts.add(ProtoAlerts.alert(alert));
        }
        if (!more) {
            return new AlertPage(alerts, "");
        }
        long after = usual ? selected.get(page.size() - 1).lastEvent() : page.offset() + page.size();
        return new AlertPage(
                alerts, page.next(new Page.Place(range.fromMillis(), range.toMillis(), Long.toString(after))));
    }

    private static long number(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw CallErrors.invalid("page_token", "must be the next_page_token of an answer, unchanged");
        }
    }
}
