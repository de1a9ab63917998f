/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.board.BoardLoop;
import io.tocsin.cli.board.BoardState;
import io.tocsin.cli.board.CollectorFeed;
import io.tocsin.cli.board.DemoStatus;
import io.tocsin.cli.board.ScriptLine;
import io.tocsin.cli.console.Words;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.client.Balance;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A demo on the whole screen: the board of its own collector, which it asks like any dashboard, its incidents and what became of them.
 * Confined to one thread.
 */
final class LiveDemo implements DemoView {
    private static final long BEAT_MILLIS = 20;

    private final BoardState state;
    private final BoardLoop loop;
    private final CollectorFeed feed;
    private final IncidentMenu menu;
    private final InstantSource clock;
    private final long seed;
    private final long startMillis;
    private final long lastMillis;
    private final boolean openEnd;

    /**
     * Takes over {@code loop} and {@code feed} and closes them.
     *
     * @param openEnd goes on after the script until the person quits, at most until {@code lastMillis}
     */
    LiveDemo(
            BoardState state,
            BoardLoop loop,
            CollectorFeed feed,
            IncidentMenu menu,
            InstantSource clock,
            long seed,
            long startMillis,
            long lastMillis,
            boolean openEnd) {
        this.state = state;
        this.loop = loop;
        this.feed = feed;
        this.menu = menu;
        this.clock = clock;
        this.seed = seed;
        this.startMillis = startMillis;
        this.lastMillis = lastMillis;
        this.openEnd = openEnd;
    }

    @Override
    public void usualLoad(long nowMillis) {
        state.log(nowMillis, Tone.PLAIN, "usual load; the detectors learn it, then things go wrong");
    }

    @Override
    public void begins(Incident incident, long nowMillis) {
        String lasts = Words.seconds((incident.endMillis() - incident.startMillis()) / 1_000.0);
        state.log(nowMillis, Tone.STRONG, "incident " + incident.number() + " begins: " + incident + ", for " + lasts);
    }

    @Override
    public void ends(Incident incident, long nowMillis) {
        state.log(nowMillis, Tone.DIM, "incident " + incident.number() + " is over");
    }

    @Override
    public void heard(HeardAlert heard, Optional<Incident> about) {
        if (heard.beginsToFire() && about.isEmpty()) {
            state.log(
                    heard.heardAtMillis(),
                    Tone.WARN,
                    "false alarm: " + heard.fired().name() + " " + heard.fired().subject());
        }
    }

    @Override
    public Optional<Injection> beat(DemoScript script, List<HeardAlert> fired, Balance balance, long endMillis) {
        long now = clock.millis();
        feed.advance(now);
        List<FiredAlert> alerts = fired.stream().map(HeardAlert::fired).toList();
        Scorecard<Incident> card = Scorecard.of(script.incidents(), alerts, DemoRun.GRACE_MILLIS);
        state.demo(new DemoStatus(
                seed,
                startMillis,
                endMillis,
                openEnd,
                balance.acked(),
                DemoScript.PATIENCE_MILLIS,
                card.judged().stream().map(j -> line(script, j)).toList()));
        return loop.beat(BEAT_MILLIS).map(menu::chosen);
    }

    @Override
    public void injected(Incident incident) {
        long now = clock.millis();
        long waits = incident.startMillis() - now;
        state.notice(
                "incident " + incident.number() + " " + incident
                        + (waits < 1_000
                                ? " begins now"
                                : " begins in " + Words.seconds(Math.ceil(waits / 1_000.0))
                                        + ": one thing goes wrong at a time"),
                now);
    }

    private static ScriptLine line(DemoScript script, Judged<Incident> judged) {
        Incident incident = judged.incident();
        return new ScriptLine(
                incident.number(),
                incident.kind().text() + " " + incident.kind().describe(incident.size()),
                incident.place().toString(),
                incident.startMillis(),
                incident.endMillis(),
                script.byHand(incident),
                judged.foundBy().map(FiredAlert::name),
                judged.delayMillis());
    }

    @Override
    public boolean goesOn(long nowMillis, long endMillis) {
        return !loop.quit() && nowMillis < (openEnd ? lastMillis : endMillis);
    }

    @Override
    public void close() {
        feed.close();
        loop.close();
    }
}
