/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.series.Attributes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Sorts alerts into groups. An alert stays in the groups that it once came to, so that whoever was told of it is told of its end;
 * one that becomes worse may come to more. Confined to the dispatcher's thread.
 */
final class AlertGroups {
    /** Beyond this, alerts of a route that would found a further group share one, by tenant. */
    static final int MAX_GROUPS = 10_000;

    private final List<Route> routes;
    private final int maxGroups;
    private final Map<String, AlertGroup> byKey = new LinkedHashMap<>();
    private final Map<String, Set<AlertGroup>> byAlert = new HashMap<>();

    AlertGroups(List<Route> routes, int maxGroups) {
        this.routes = routes;
        this.maxGroups = maxGroups;
    }

    void apply(Alert alert, long nowMillis) {
        if (alert.state().isFiring()) {
            Set<AlertGroup> groups = byAlert.computeIfAbsent(alert.id(), id -> new LinkedHashSet<>());
            Route.taking(routes, alert).forEach(route -> groups.add(group(route, alert)));
            groups.forEach(group -> group.apply(alert, nowMillis));
        } else if (alert.state() == AlertState.RESOLVED) {
            Set<AlertGroup> groups = byAlert.remove(alert.id());
            if (groups != null) {
                groups.forEach(group -> group.apply(alert, nowMillis));
            }
        }
    }

    private AlertGroup group(Route route, Alert alert) {
        int place = routes.indexOf(route);
        Attributes attributes = route.groupOf(alert);
        String key = place + " " + attributes;
        AlertGroup known = byKey.get(key);
        if (known != null) {
            return known;
        }
        if (byKey.size() >= maxGroups) {
            attributes = Attributes.of(Route.TENANT, alert.tenant());
            key = place + " all the others " + attributes;
        }
        Attributes shared = attributes;
        return byKey.computeIfAbsent(key, made -> new AlertGroup(route, made, shared));
    }

    /** Hands on what is due, and says when there may be more. */
    long advance(long nowMillis, BiConsumer<Route, AlertGroup.Due> sink) {
        long next = Long.MAX_VALUE;
        for (Iterator<AlertGroup> all = byKey.values().iterator(); all.hasNext(); ) {
            AlertGroup group = all.next();
            group.advance(nowMillis).ifPresent(due -> sink.accept(group.route(), due));
            next = Math.min(next, group.nextMillis());
            if (group.isOver(nowMillis)) {
                all.remove();
            }
        }
        return next;
    }

    boolean haveNews() {
        return byKey.values().stream().anyMatch(AlertGroup::hasNews);
    }

    /** All that was applied was told by a process before this one, then at the latest. */
    void wereTold(long atMillis) {
        byKey.values().forEach(group -> group.wasTold(atMillis));
    }

    /** Hands on all that waits, due or not. */
    void finish(long nowMillis, BiConsumer<Route, AlertGroup.Due> sink) {
        byKey.values().forEach(group -> group.last(nowMillis).ifPresent(due -> sink.accept(group.route(), due)));
    }
}
