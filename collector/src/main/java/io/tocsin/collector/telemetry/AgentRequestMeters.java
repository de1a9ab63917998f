/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.series.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The collected outcomes of agents, by agent type: requests by status, and their duration. At most {@value #MAX_AGENT_TYPES} agent types have
 * series of their own, 200 series in all; further ones, and series beyond the collector's limit, share the type "other". Thread-safe.
 *
 * <p>A series that the collector forgot and that comes again begins at zero; what it had before stays counted, so that no counter ever
 * goes back.
 */
public final class AgentRequestMeters {
    /** Each has four series; one more type is "other". */
    static final int MAX_AGENT_TYPES = 49;

    static final String METRIC = "gen_ai.invoke_agent.duration";
    private static final String AGENT_TYPE = "gen_ai.agent.name";
    private static final String OTHER = "other";
    private static final SeriesTotals NOTHING = new SeriesTotals(0, 0, 0);

    /** Where totals are read. */
    public interface Source {
        /** Visits what each series of a metric ever had. */
        void totals(String metric, BiConsumer<SeriesKey, SeriesTotals> visitor);
    }

    /** Of one agent type. Written under the lock, read by any. */
    private static final class Cell {
        volatile SeriesTotals shown = NOTHING;
        SeriesTotals summing = NOTHING;
    }

    private final MeterRegistry registry;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<Source> sources = new ArrayList<>();

    @GuardedBy("lock")
    private final Map<String, Cell> cells = new HashMap<>();

    /** As last read, to tell what was forgotten. */
    @GuardedBy("lock")
    private List<Map<SeriesKey, SeriesTotals>> lastRead = new ArrayList<>();

    /** What forgotten series had, by agent type. */
    @GuardedBy("lock")
    private final Map<String, SeriesTotals> forgotten = new HashMap<>();

    AgentRequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A further place to read; sums of all are shown. */
    public void add(Source source) {
        synchronized (lock) {
            sources.add(source);
            lastRead.add(new HashMap<>());
        }
    }

    /** Reads all sources. */
    void refresh() {
        synchronized (lock) {
            for (Cell cell : cells.values()) {
                cell.summing = NOTHING;
            }
            List<Map<SeriesKey, SeriesTotals>> read = new ArrayList<>();
            for (int i = 0; i < sources.size(); i++) {
                read.add(read(sources.get(i), lastRead.get(i)));
            }
            lastRead = read;
            for (Map.Entry<String, SeriesTotals> had : forgotten.entrySet()) {
                add(cell(had.getKey()), had.getValue());
            }
            for (Cell cell : cells.values()) {
                cell.shown = cell.summing;
            }
        }
    }

    @GuardedBy("lock")
    private Map<SeriesKey, SeriesTotals> read(Source source, Map<SeriesKey, SeriesTotals> before) {
        Map<SeriesKey, SeriesTotals> now =
                new TreeMap<>(); // in order of keys, so that the same types are shown each time
        source.totals(METRIC, now::put);
        for (Map.Entry<SeriesKey, SeriesTotals> series : now.entrySet()) {
            add(cell(typeOf(series.getKey())), series.getValue());
        }
        for (Map.Entry<SeriesKey, SeriesTotals> series : before.entrySet()) {
            SeriesTotals had = series.getValue();
            if (now.getOrDefault(series.getKey(), NOTHING).count() < had.count()) {
                forgotten.merge(shownType(typeOf(series.getKey())), had, AgentRequestMeters::sum);
            }
        }
        return now;
    }

    private static String typeOf(SeriesKey series) {
        return series.isOverflow() ? OTHER : series.attributes().get(AGENT_TYPE);
    }

    @GuardedBy("lock")
    private String shownType(String type) {
        return cells.containsKey(type) || cells.size() < MAX_AGENT_TYPES ? type : OTHER;
    }

    @GuardedBy("lock")
    private Cell cell(String type) {
        return cells.computeIfAbsent(shownType(type), this::register);
    }

    private Cell register(String type) {
        Cell cell = new Cell();
        requests(cell, type, "ok");
        requests(cell, type, "failed");
        FunctionTimer.builder(
                        "tocsin.agent.request.duration",
                        cell,
                        c -> c.shown.count(),
                        c -> c.shown.sum(),
                        TimeUnit.SECONDS)
                .description("how long agents' requests took, as collected from all producers")
                .tag("agent_type", type)
                .register(registry);
        return cell;
    }

    private void requests(Cell cell, String type, String status) {
        boolean ok = status.equals("ok");
        FunctionCounter.builder(
                        "tocsin.agent.requests", cell, c -> ok ? c.shown.count() - c.shown.failed() : c.shown.failed())
                .description("requests to agents that ended, as collected from all producers")
                .tag("agent_type", type)
                .tag("status", status)
                .register(registry);
    }

    private static void add(Cell cell, SeriesTotals totals) {
        cell.summing = sum(cell.summing, totals);
    }

    private static SeriesTotals sum(SeriesTotals a, SeriesTotals b) {
        return new SeriesTotals(a.count() + b.count(), a.failed() + b.failed(), a.sum() + b.sum());
    }
}
