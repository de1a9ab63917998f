/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.sending.SimulationFeed;
import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.Simulation;
import io.tocsin.client.TocsinClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The simulated orchestrator in real time, and what was heard of it. Confined to one thread. */
final class DemoRun {
    /** An alert this long after the end of an incident may still be about it. */
    static final long GRACE_MILLIS = 15_000;

    private static final long BEAT_MILLIS = 20;

    private final TocsinClient client;
    private final AlertInbox inbox;
    private final DemoScreen screen;
    private final InstantSource clock;
    private final List<Incident> incidents;
    private final List<FiredAlert> fired = new ArrayList<>();
    private int begun;
    private int ended;

    DemoRun(TocsinClient client, AlertInbox inbox, DemoScreen screen, InstantSource clock, List<Incident> incidents) {
        this.client = client;
        this.inbox = inbox;
        this.screen = screen;
        this.clock = clock;
        this.incidents = List.copyOf(incidents);
    }

    /** Runs between the two times, and compares what was heard with what was done. */
    Scorecard run(Fleet fleet, long seed, long startMillis, long endMillis) throws InterruptedException {
        Simulation simulation = new Simulation(fleet, incidents, seed, startMillis);
        SimulationFeed feed = new SimulationFeed(client, simulation);
        screen.usualLoad(clock.millis());
        for (long now = clock.millis(); now < endMillis; now = clock.millis()) {
            simulation.advanceTo(now, feed);
            tellIncidents(now);
            hear();
            screen.status((double) (now - startMillis) / (endMillis - startMillis), client.balance());
            Thread.sleep(BEAT_MILLIS);
        }
        return Scorecard.of(incidents, fired, GRACE_MILLIS);
    }

    private void tellIncidents(long nowMillis) {
        if (ended < begun && incidents.get(ended).endMillis() <= nowMillis) {
            screen.ends(incidents.get(ended++), nowMillis);
        }
        if (begun < incidents.size() && incidents.get(begun).startMillis() <= nowMillis) {
            screen.begins(incidents.get(begun++), nowMillis);
        }
    }

    private void hear() {
        for (HeardAlert heard : inbox.take()) {
            Optional<Incident> about = Optional.empty();
            if (heard.beginsToFire()) {
                FiredAlert alert = heard.fired();
                fired.add(alert);
                about = Scorecard.incidentOf(alert, incidents, GRACE_MILLIS);
            }
            screen.heard(heard, about);
        }
    }
}
