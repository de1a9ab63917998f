/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import static io.tocsin.collector.store.AlertEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.alert.EventSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every event log promises, wherever it keeps its events. */
public abstract class EventLogContract {
    /** A log as its readers and its writer see it. */
    public record Log(EventLog events, AlertReader alerts, EventSink sink) {}

    /** An empty one that keeps so many events, and as many resolved alerts. */
    protected abstract Log log(int kept);

    private static Log with(Log log, AlertEvent... events) {
        for (AlertEvent event : events) {
            log.sink().append(event);
        }
        return log;
    }

    @Test
    void anEmptyLogHasNoEvent() {
        Log log = log(10);

        assertThat(log.events().last()).isZero();
        assertThat(log.events().first()).isEqualTo(1);
        assertThat(log.events().after(0, 10)).isEmpty();
        assertThat(log.alerts().alerts("t")).isEmpty();
    }

    @Test
    void givesEventsBehindANumberOldestFirst() {
        Log log = with(
                log(10),
                event(1, "a", AlertState.PENDING),
                event(2, "b", AlertState.FIRING),
                event(3, "a", AlertState.FIRING));

        assertThat(log.events().after(1, 10))
                .containsExactly(event(2, "b", AlertState.FIRING), event(3, "a", AlertState.FIRING));
        assertThat(log.events().after(0, 1)).containsExactly(event(1, "a", AlertState.PENDING));
        assertThat(log.events().after(3, 10)).isEmpty();
    }

    @Test
    void keepsAtLeastTheNewestAndTellsWhichIsTheOldest() {
        Log log = log(200);
        for (int n = 1; n <= 1_000; n++) {
            log.sink().append(event(n, "a" + n, AlertState.FIRING));
        }

        assertThat(log.events().first()).isBetween(790L, 801L);
        assertThat(log.events().after(0, 1_000).get(0).number())
                .isEqualTo(log.events().first());
        assertThat(log.events().after(0, 1_000))
                .hasSize((int) (1_001 - log.events().first()));
    }

    @Test
    void showsAlertsAsTheyAreNewestChangeFirst() {
        Log log = with(
                log(10),
                event(1, "a", AlertState.FIRING),
                event(2, "b", AlertState.FIRING),
                event(3, "a", AlertState.ACKNOWLEDGED),
                event(4, "b", AlertState.RESOLVED));

        assertThat(log.alerts().alerts("t")).extracting(Alert::id).containsExactly("b", "a");
        assertThat(log.alerts().find("t", "b").orElseThrow().state()).isEqualTo(AlertState.RESOLVED);
        assertThat(log.alerts().find("other", "b")).isEmpty();
        assertThat(log.alerts().firing("t")).isEqualTo(1);
        assertThat(log.events().snapshot("t").alerts()).extracting(Alert::id).containsExactly("a");
        assertThat(log.events().snapshot("t").throughEvent()).isEqualTo(4);
        assertThat(log.events().tenants()).containsExactly("t");
    }

    @Test
    void givesTheEventsOfOneAlert() {
        Log log = with(
                log(10),
                event(1, "a", AlertState.PENDING),
                event(2, "b", AlertState.FIRING),
                event(3, "a", AlertState.FIRING),
                event(4, "a", AlertState.RESOLVED));

        assertThat(log.alerts().eventsOf("t", "a"))
                .extracting(AlertEvent::number)
                .containsExactly(1L, 3L, 4L);
        assertThat(log.alerts().eventsOf("t", "nobody")).isEmpty();
    }

    @Test
    void theOldestResolvedAlertGoesFirst() {
        Log log = log(2);
        with(log, event(1, "open", AlertState.FIRING));
        for (int n = 2; n <= 5; n++) {
            with(log, event(n, "a" + n, AlertState.RESOLVED));
        }

        assertThat(log.alerts().alerts("t")).extracting(Alert::id).containsExactly("a5", "a4", "open");
    }

    @Test
    void callsListenersWhenAnEventCanBeRead() {
        Log log = log(10);
        List<Long> seen = new ArrayList<>();
        EventLog.Subscription subscription =
                log.events().onAppend(() -> seen.add(log.events().last()));
        with(log, event(1, "a", AlertState.FIRING));
        subscription.close();
        with(log, event(2, "a", AlertState.RESOLVED));

        assertThat(seen).containsExactly(1L);
    }
}
