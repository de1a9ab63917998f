/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.console.Colour;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.Progress;
import io.tocsin.cli.console.Table;
import io.tocsin.cli.console.Words;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.view.AlertText;
import io.tocsin.client.Balance;
import io.tocsin.v1.AlertState;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A demo as lines below each other, and its result at the end. Confined to one thread. */
final class DemoScreen implements DemoView {
    private static final int COLUMNS = 80;
    private static final long BEAT_MILLIS = 20;

    private final Console console;
    private final Progress progress;
    private final InstantSource clock;
    private final long startMillis;

    DemoScreen(Console console, InstantSource clock, long startMillis) {
        this.console = console;
        this.progress = new Progress(console, clock);
        this.clock = clock;
        this.startMillis = startMillis;
    }

    void rules(DemoRules rules) {
        line("The rules, from " + rules.file() + " (there while the demo runs):");
        rules.text().lines().forEach(l -> line(console.paint(Colour.DIM, "  " + l)));
        line("");
    }

    @Override
    public void usualLoad(long nowMillis) {
        at(nowMillis, "     usual load; the detectors learn it");
    }

    @Override
    public void begins(Incident incident, long nowMillis) {
        String lasts = Words.seconds((incident.endMillis() - incident.startMillis()) / 1_000.0);
        String text = "▶ incident " + incident.number() + ": " + incident + ", for " + lasts;
        at(nowMillis, "     " + console.paint(Colour.STRONG, text));
    }

    @Override
    public void ends(Incident incident, long nowMillis) {
        at(nowMillis, "     " + console.paint(Colour.DIM, "◀ incident " + incident.number() + " is over"));
    }

    @Override
    public void heard(HeardAlert heard, Optional<Incident> about) {
        FiredAlert fired = heard.fired();
        String name = fired.name() + " " + fired.subject();
        if (heard.beginsToFire()) {
            String delay = about.map(i -> ", " + delay(heard.heardAtMillis() - i.startMillis()) + " after incident "
                            + i.number() + " began")
                    .orElse("");
            String severity = AlertText.severity(heard.alert().getSeverity()).toUpperCase(Locale.ROOT);
            at(
                    heard.heardAtMillis(),
                    console.paint(AlertText.colour(heard.alert()), "  ●  " + severity + "  " + name) + delay);
            line(console.paint(
                    Colour.DIM, "            " + heard.alert().getEvidence().getText()));
        } else if (heard.alert().getState() == AlertState.ALERT_STATE_RESOLVED) {
            at(heard.heardAtMillis(), console.paint(Colour.GOOD, "  ○  resolved  " + name));
        }
    }

    @Override
    public Optional<Injection> beat(DemoScript script, List<HeardAlert> fired, Balance balance, long endMillis)
            throws InterruptedException {
        if (console.errIsTerminal()) {
            double share = (double) (clock.millis() - startMillis) / (endMillis - startMillis);
            progress.show(share, Words.count(balance.acked()) + " records acked");
        }
        Thread.sleep(BEAT_MILLIS);
        return Optional.empty();
    }

    @Override
    public void injected(Incident incident) {
        throw new IllegalStateException("nobody can ask for incident " + incident.number() + " here");
    }

    @Override
    public boolean goesOn(long nowMillis, long endMillis) {
        return nowMillis < endMillis;
    }

    @Override
    public void close() {
        progress.clear();
    }

    void report(Scorecard<Incident> card, Balance balance) {
        progress.clear();
        line("");
        Table table = new Table("INCIDENT", "SIZE", "PLACE", "FOUND BY", ">DELAY");
        for (Judged<Incident> judged : card.judged()) {
            Incident incident = judged.incident();
            table.add(
                    incident.number() + " " + incident.kind().text(),
                    incident.kind().describe(incident.size()),
                    incident.place().toString(),
                    judged.foundBy().map(FiredAlert::name).orElse("MISSED"),
                    judged.delayMillis().map(DemoScreen::delay).orElse("-"));
        }
        table.print(console.out(), COLUMNS);
        line("");
        for (FiredAlert alert : card.falseAlarms()) {
            line("false alarm: " + alert.name() + " " + alert.subject() + " at "
                    + clock(alert.firedAtMillis() - startMillis));
        }
        String missed = card.missed() + " missed";
        line(card.judged().size() + " incidents, "
                + console.paint(card.missed() == 0 ? Colour.GOOD : Colour.BAD, missed) + ", "
                + card.falseAlarms().size() + " false alarms; " + Words.count(balance.acked()) + " records acked, "
                + balance.rejected() + " rejected, "
                + balance.dropped().values().stream().mapToLong(Long::longValue).sum() + " dropped");
    }

    void line(String text) {
        progress.clear();
        console.out().println(text);
        console.out().flush();
    }

    private void at(long millis, String text) {
        line(console.paint(Colour.DIM, clock(millis - startMillis)) + text);
    }

    private static String delay(long millis) {
        return String.format(Locale.ROOT, "%.2f s", millis / 1_000.0);
    }

    private static String clock(long millis) {
        long tenths = Math.max(0, millis) / 100;
        return String.format(Locale.ROOT, "%02d:%02d.%d", tenths / 600, tenths / 10 % 60, tenths % 10);
    }
}
