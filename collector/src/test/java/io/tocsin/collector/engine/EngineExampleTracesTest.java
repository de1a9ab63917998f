/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import static io.tocsin.collector.engine.EngineRig.METRIC;
import static io.tocsin.collector.engine.EngineRig.T0;
import static io.tocsin.collector.engine.EngineRig.TENANT;
import static io.tocsin.collector.engine.EngineRig.perAgent;
import static io.tocsin.collector.engine.EngineRig.producer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.store.Exemplar;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.detectors.Input;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a window, and from an alert, to traces that show it. */
class EngineExampleTracesTest {
    private final ProbeFactory probe = new ProbeFactory("probe", Input.outcomes("calls", "calls"));
    private final EngineRig rig = EngineRig.with(probe);
    private final ProducerKey producer = producer("p");

    private void begin() {
        rig.tick(T0);
        rig.alive(producer, T0);
        rig.rule(perAgent("watch", "probe"));
        rig.define(producer, "a", "b");
    }

    private void traced(int id, long atMillis, double seconds, boolean failed, long trace) {
        rig.batch(
                producer,
                columns -> columns.addOutcome(id, atMillis, seconds, failed, 0, 0, trace == 0 ? 0 : 0xabL, trace));
    }

    private static String id(long trace) {
        return "00000000000000ab" + String.format("%016x", trace);
    }

    private List<SeriesWindow> windows() {
        List<SeriesWindow> found = new ArrayList<>();
        rig.series.scan(TENANT, Selector.of(METRIC), 0, Long.MAX_VALUE, (key, window) -> found.add(window));
        return found;
    }

    private Alert alert() {
        return rig.eventList().get(rig.eventList().size() - 1).alert();
    }

    @Test
    void aWindowKeepsItsSlowestAndItsLastFailedTracedRequest() {
        begin();
        traced(0, T0 + 1_000, 9, false, 0); // the slowest of all was not traced
        traced(0, T0 + 2_000, 0.5, true, 1);
        traced(0, T0 + 3_000, 3, false, 2);
        traced(0, T0 + 5_000, 0.1, true, 4);
        traced(0, T0 + 4_000, 0.2, true, 3);
        rig.tick(T0 + 11_000);

        assertThat(windows().get(0).exemplars())
                .containsExactly(new Exemplar(id(2), 3, false, T0 + 3_000), new Exemplar(id(4), 0.1, true, T0 + 5_000));
    }

    @Test
    void oneThatIsBothIsKeptOnceAndWithoutTracesThereAreNone() {
        begin();
        traced(0, T0 + 1_000, 2, true, 7);
        traced(0, T0 + 12_000, 2, true, 0);
        rig.tick(T0 + 21_000);

        assertThat(windows().get(0).exemplars()).containsExactly(new Exemplar(id(7), 2, true, T0 + 1_000));
        assertThat(windows().get(1).exemplars()).isEmpty();
    }

    @Test
    void anAlertAboutFailuresNamesThoseOfItsGroupInTheBadWindowThatEndedLast() {
        probe.judge = (window, findings) -> findings.judge(0, "errors", window.errors() > 1 ? 2 : 0);
        begin();
        traced(0, T0 + 1_000, 0.1, true, 1);
        for (int i = 0; i < 3; i++) {
            traced(0, T0 + 12_000 + i, 0.1 + i, true, 10 + i);
        }
        traced(1, T0 + 13_000, 5, true, 20);
        rig.tick(T0 + 21_000);

        assertThat(alert().group().get("agent")).isEqualTo("a");
        assertThat(alert().exampleTraceIds())
                .as("not of the fine window before, not of the other agent")
                .containsExactly(id(12));
    }

    @Test
    void anAlertAboutLatencyNamesTheSlowest() {
        probe.judge = (window, findings) ->
                findings.judge(0, "latency", window.sum() > 5 ? 2 : 0).compared(window.sum(), 0, 5, "s");
        begin();
        traced(0, T0 + 1_000, 6, false, 1);
        traced(0, T0 + 2_000, 0.1, true, 2);
        rig.tick(T0 + 11_000);

        assertThat(alert().exampleTraceIds()).containsExactly(id(1), id(2));
    }

    @Test
    void theyStayOnRecordWhenItIsResolvedAndAreFreshWhenItGetsWorse() {
        probe.judge = (window, findings) -> findings.judge(0, "errors", window.errors())
                .severity(
                        window.errors() > 1 ? io.tocsin.detectors.Severity.CRITICAL : io.tocsin.detectors.Severity.LOW);
        begin();
        traced(0, T0 + 1_000, 1, true, 1);
        rig.tick(T0 + 11_000);
        assertThat(alert().exampleTraceIds()).containsExactly(id(1));

        traced(0, T0 + 12_000, 1, true, 2);
        traced(0, T0 + 13_000, 1, true, 3);
        rig.tick(T0 + 21_000);
        assertThat(alert().exampleTraceIds()).containsExactly(id(1), id(2), id(3));

        rig.tick(T0 + 31_000);
        assertThat(alert().state()).isEqualTo(io.tocsin.collector.engine.alert.AlertState.RESOLVED);
        assertThat(alert().exampleTraceIds()).containsExactly(id(1), id(2), id(3));
    }

    @Test
    void aTraceThatComesAfterItsWindowWasSealedIsNotKept() {
        begin();
        traced(0, T0 + 1_000, 1, true, 1);
        rig.tick(T0 + 91_000);
        traced(0, T0 + 2_000, 9, true, 2);
        rig.tick(T0 + 101_000);

        assertThat(windows().get(0).exemplars()).extracting(Exemplar::traceId).containsExactly(id(1));
    }
}
