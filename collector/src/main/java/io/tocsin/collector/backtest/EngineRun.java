/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.checkpoint.Checkpoint;
import io.tocsin.collector.checkpoint.CheckpointHeader;
import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.engine.Engine;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.EventSink;
import io.tocsin.collector.engine.detection.RuleBoard;
import io.tocsin.collector.engine.detection.RuleViews;
import io.tocsin.collector.engine.window.WindowSink;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.store.SeriesWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An engine of its own over entries, with the rules of its side. Not thread-safe. */
final class EngineRun {
    private static final WindowSink NOWHERE = new WindowSink() {
        @Override
        public void publish(String tenant, SeriesKey series, SeriesWindow window, SeriesTotals totals) {}

        @Override
        public void forget(String tenant, SeriesKey series) {}

        @Override
        public void time(long engineMillis) {}
    };

    private final PlannedRules rules;
    private final RuleBoard board = new RuleBoard();
    private final Engine engine;
    /** Ids of events since they were last taken. */
    private final List<String> eventIds = new ArrayList<>();

    private final EventSink sink;
    private long events;

    EngineRun(int partition, Side side, EventSink sink) {
        this.rules = new PlannedRules(side.rules());
        this.sink = sink;
        this.engine = new Engine(partition, side.engine(), side.catalog(), NOWHERE, this::heard, board);
    }

    private void heard(AlertEvent event) {
        events++;
        eventIds.add(event.id());
        sink.append(event);
    }

    /** Goes on from there, with the rules of its side. Before any entry. */
    void resume(Checkpoint before) throws IOException {
        CheckpointHeader header = before.header();
        engine.restore(new StateReader(before.state()));
        Map<String, List<Rule>> inForce = new TreeMap<>();
        for (String tenant : board.tenants()) {
            inForce.put(
                    tenant,
                    board.rules(tenant).stream().map(RuleViews.RuleView::rule).toList());
        }
        rules.resume(header.build(), inForce, entry -> engine.apply(header.offset(), entry));
    }

    void apply(long offset, Entry entry) {
        rules.next(entry, one -> engine.apply(offset, one));
    }

    /** Of the entries since the last call. */
    List<String> takeEventIds() {
        if (eventIds.isEmpty()) {
            return List.of();
        }
        List<String> taken = List.copyOf(eventIds);
        eventIds.clear();
        return taken;
    }

    long events() {
        return events;
    }

    long records() {
        engine.showCounters();
        return engine.counters().outcomes() + engine.counters().measurements();
    }
}
