/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import java.util.List;
import java.util.Optional;

/** Alerts as they are now. Thread-safe. */
public interface AlertReader {

    /** All alerts that are kept, newest change first. */
    List<Alert> alerts(String tenant);

    Optional<Alert> find(String tenant, String id);

    /** Events of one alert that are kept, oldest first. */
    List<AlertEvent> eventsOf(String tenant, String id);

    /** Alerts of the tenant that are firing. */
    int firing(String tenant);
}
