/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alerts as they are now, by tenant. Of resolved ones a bounded number is kept, the oldest go first. Not thread-safe. */
public final class AlertBook {
    private static final class Tenant {
        /** In order of last change, oldest first. */
        final LinkedHashMap<String, Alert> alerts = new LinkedHashMap<>();

        int resolved;
        int firing;
    }

    private final int resolvedKept;
    private final Map<String, Tenant> tenants = new HashMap<>();

    /** @param resolvedKept per tenant */
    public AlertBook(int resolvedKept) {
        this.resolvedKept = resolvedKept;
    }

    /** Takes an alert as it has become; returns the one that had to go for it. */
    public Optional<Alert> put(Alert alert) {
        Tenant tenant = tenants.computeIfAbsent(alert.tenant(), t -> new Tenant());
        Alert before = tenant.alerts.remove(alert.id());
        if (before != null) {
            tenant.firing -= before.state().isFiring() ? 1 : 0;
            tenant.resolved -= before.state() == AlertState.RESOLVED ? 1 : 0;
        }
        tenant.alerts.put(alert.id(), alert);
        tenant.firing += alert.state().isFiring() ? 1 : 0;
        tenant.resolved += alert.state() == AlertState.RESOLVED ? 1 : 0;
        if (tenant.resolved <= resolvedKept) {
            return Optional.empty();
        }
        Alert oldest = tenant.alerts.values().stream()
                .filter(a -> a.state() == AlertState.RESOLVED)
                .findFirst()
                .orElseThrow();
        tenant.alerts.remove(oldest.id());
        tenant.resolved--;
        return Optional.of(oldest);
    }

    /** Ordered by id. */
    public List<Alert> unresolved(String tenant) {
        Tenant owner = tenants.get(tenant);
        return owner == null
                ? List.of()
                : owner.alerts.values().stream()
                        .filter(a -> a.state() != AlertState.RESOLVED)
                        .sorted(Comparator.comparing(Alert::id))
                        .toList();
    }

    /** Those that ever had an alert, by name. */
    public List<String> tenants() {
        return tenants.keySet().stream().sorted().toList();
    }

    /** Newest change first. */
    public List<Alert> all(String tenant) {
        Tenant owner = tenants.get(tenant);
        List<Alert> newestFirst = owner == null ? new ArrayList<>() : new ArrayList<>(owner.alerts.values());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    public Optional<Alert> find(String tenant, String id) {
        Tenant owner = tenants.get(tenant);
        return owner == null ? Optional.empty() : Optional.ofNullable(owner.alerts.get(id));
    }

    /** Number of those that fire. */
    public int firing(String tenant) {
        Tenant owner = tenants.get(tenant);
        return owner == null ? 0 : owner.firing;
    }
}
