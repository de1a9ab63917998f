/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.sending.SimulationFeed;
import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.Simulation;
import io.tocsin.client.TocsinClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The simulated orchestrator in real time, and what was heard of it. Confined to one thread. */
final class DemoRun {
    /** An alert this long after the end of an incident may still be about it. */
    static final long GRACE_MILLIS = 15_000;

    private final TocsinClient client;
    private final AlertInbox inbox;
    private final DemoView view;
    private final InstantSource clock;
    private final DemoScript script;
    private final List<HeardAlert> fired = new ArrayList<>();
    private final Set<Integer> begun = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();

    DemoRun(TocsinClient client, AlertInbox inbox, DemoView view, InstantSource clock, DemoScript script) {
        this.client = client;
        this.inbox = inbox;
        this.view = view;
        this.clock = clock;
        this.script = script;
    }

    /** Runs between the two times, or as long as its view wants, and compares what was heard with what was done. */
    Scorecard<Incident> run(Fleet fleet, long seed, long startMillis, long endMillis) throws InterruptedException {
        Simulation simulation = new Simulation(fleet, script.incidents(), seed, startMillis);
        SimulationFeed feed = new SimulationFeed(client, simulation);
        view.usualLoad(clock.millis());
        long now = clock.millis();
        for (; view.goesOn(now, script.end(endMillis)); now = clock.millis()) {
            simulation.advanceTo(now, feed);
            tellIncidents(now);
            hear();
            Optional<Injection> injection = view.beat(script, fired, client.balance(), script.end(endMillis));
            if (injection.isPresent()) {
                Injection wanted = injection.get();
                view.injected(script.inject(
                        wanted.kind(), wanted.size(), wanted.place(), wanted.lastsMillis(), clock.millis()));
                simulation.reschedule(script.incidents());
            }
        }
        return script.score(fired.stream().map(HeardAlert::fired).toList(), GRACE_MILLIS, now);
    }

    private void tellIncidents(long nowMillis) {
        for (Incident incident : script.incidents()) {
            if (incident.endMillis() <= nowMillis && ended.add(incident.number())) {
                view.ends(incident, nowMillis);
            }
            if (incident.startMillis() <= nowMillis && begun.add(incident.number())) {
                view.begins(incident, nowMillis);
            }
        }
    }

    private void hear() {
        for (HeardAlert heard : inbox.take()) {
            Optional<Incident> about = Optional.empty();
            if (heard.beginsToFire()) {
                fired.add(heard);
                about = Scorecard.incidentOf(heard.fired(), script.incidents(), GRACE_MILLIS);
            }
            view.heard(heard, about);
        }
    }
}
