/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.v1.Alert;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.Severity;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * All that one screen shows. Immutable; times are milliseconds since 1970 UTC by this machine's clock.
 *
 * @param title what is watched
 * @param target HOST:PORT of the collector, for commands that the board proposes
 * @param nowMillis now
 * @param zone in which times are shown
 * @param link the connection
 * @param dashboard what the collector said last; empty: nothing yet
 * @param dashboardAtMillis when it said so
 * @param trends agents over time
 * @param alerts those of the filter, worst first, resolved ones last
 * @param hiddenAlerts open ones that the filter hides
 * @param minSeverity the filter
 * @param selected id of the selected alert; empty: none
 * @param log what happened, newest last
 * @param demo the demo's own part; empty: no demo
 * @param menu what can be injected; empty: nothing
 * @param overlay what lies over it
 * @param frozenSinceMillis since when the screen stands still; empty: it does not
 * @param notice what the last key did; empty: nothing to say
 */
public record Board(
        String title,
        String target,
        long nowMillis,
        ZoneId zone,
        Link link,
        Optional<Dashboard> dashboard,
        long dashboardAtMillis,
        Trends trends,
        List<Alert> alerts,
        int hiddenAlerts,
        Severity minSeverity,
        String selected,
        List<LogLine> log,
        Optional<DemoStatus> demo,
        Optional<InjectMenu> menu,
        Overlay overlay,
        Optional<Long> frozenSinceMillis,
        String notice) {
    public Board {
        alerts = List.copyOf(alerts);
        log = List.copyOf(log);
    }

    /** The selected alert. */
    public Optional<Alert> selectedAlert() {
        return alert(selected);
    }

    /** An alert by id. */
    public Optional<Alert> alert(String id) {
        return alerts.stream().filter(a -> a.getId().equals(id)).findFirst();
    }

    /** Now by the collector's clock; stands still while nothing is heard of it. */
    public long collectorMillis() {
        if (dashboard.isEmpty() || !dashboard.get().hasTime()) {
            return nowMillis;
        }
        long elapsed = stale() ? 0 : Math.max(0, nowMillis - dashboardAtMillis);
        return Times.millis(dashboard.get().getTime()) + elapsed;
    }

    /** Whether what is shown may no longer be so. */
    public boolean stale() {
        return link.state() == Link.State.LOST;
    }
}
