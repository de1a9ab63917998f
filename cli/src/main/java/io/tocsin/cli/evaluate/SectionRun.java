/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.evaluate;

import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.cli.console.Progress;
import io.tocsin.cli.scoring.AlertEvents;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.sending.Delivery;
import io.tocsin.cli.sending.RecordingEnd;
import io.tocsin.cli.sending.SimulationFeed;
import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.Simulation;
import io.tocsin.client.Balance;
import io.tocsin.client.TocsinClient;
import io.tocsin.client.WhenFull;
import io.tocsin.v1.Alert;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import io.tocsin.v1.RemoveRecordingRequest;
import io.tocsin.v1.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pushes one section into a recording at full speed, and reads the alerts that its rules raised. Confined to one thread. */
final class SectionRun {
    /** An alert this long after an incident may still be about it: a window of 10 s, judged when it is over, and one more. */
    static final long GRACE_MILLIS = 30_000;

    private static final long SIMULATED_STEP_MILLIS = 10_000;
    /** 10 minutes without one more record applied. */
    private final CollectorConnection collector;

    private final Progress progress;

    SectionRun(CollectorConnection collector, Progress progress) {
        this.collector = collector;
        this.progress = progress;
    }

    /** What came of a section. */
    record Result(Scorecard<Incident> card, long records) {}

    Result run(Fleet fleet, EvaluationPlan.Section section, String recording, String title)
            throws InterruptedException {
        Balance balance = push(fleet, section, recording, title);
        if (!Delivery.allAcked(balance)) {
            throw new CommandFailure("not all records were taken: " + Delivery.lastLine(balance));
        }
        RecordingEnd.await(collector, recording, () -> progress.show(1, title + ", waiting until all of it is judged"));
        Scorecard<Incident> card = Scorecard.of(section.incidents(), alerts(recording), GRACE_MILLIS);
        collector.ask(() -> collector
                .admin()
                .removeRecording(
                        RemoveRecordingRequest.newBuilder().setName(recording).build()));
        return new Result(card, balance.acked());
    }

    private Balance push(Fleet fleet, EvaluationPlan.Section section, String recording, String title) {
        TocsinClient client = TocsinClient.builder()
                .endpoint(collector.target())
                .recording(recording)
                .whenFull(WhenFull.WAIT)
                .closeTimeout(Duration.ofSeconds(30))
                .build();
        try (client) {
            Simulation simulation = new Simulation(fleet, section.incidents(), section.seed(), section.startMillis());
            SimulationFeed feed = new SimulationFeed(client, simulation);
            while (simulation.nowMillis() < section.endMillis()) {
                simulation.advanceTo(simulation.nowMillis() + SIMULATED_STEP_MILLIS, feed);
                double hour = (simulation.nowMillis() - section.startMillis()) / 3.6e6;
                progress.show(
                        hour / section.hours(),
                        String.format(Locale.ROOT, "%s, hour %.1f of %.1f simulated", title, hour, section.hours()));
            }
            Delivery.finish(
                    client, collector.target(), b -> progress.show(1, title + ", waiting for the last records"));
        }
        return client.balance();
    }

    private List<FiredAlert> alerts(String recording) {
        List<FiredAlert> fired = new ArrayList<>();
        String page = "";
        do {
            ListRequest request = ListRequest.newBuilder()
                    .setScope(Scope.newBuilder().setRecording(recording))
                    .setPageSize(1_000)
                    .setPageToken(page)
                    .build();
            ListResponse answer = collector.ask(() -> collector.alerts().list(request));
            for (Alert alert : answer.getAlertsList()) {
                if (alert.hasFiredAt()) {
                    fired.add(AlertEvents.fired(alert, AlertEvents.millis(alert.getFiredAt())));
                }
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return fired;
    }
}
