/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.window;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.engine.series.SeriesListener;
import io.tocsin.collector.store.SeriesWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sums records up into ten-second windows of each series, publishes them when they may be judged, corrects what late records change, and
 * seals them. A record that comes after its window was sealed counts as late, in totals only.
 */
public final class WindowLedger implements SeriesListener {
    private record Held(SeriesWindows owner, OpenWindow window) {}

    /** All windows that start at one time. */
    private static final class Span {
        final List<Held> held = new ArrayList<>();
        boolean published;
        boolean sealed;
        /** Given to the sink as sealed. */
        boolean handedOver;
    }

    private static final int SECONDS = SeriesWindow.SECONDS;
    private static final String SECTION = "windows";
    private static final int VERSION = 1;

    private final long allowanceMillis;
    private final long sealAfterMillis;
    private final WindowSink sink;
    private @Nullable SeriesWindows[] bySeries = new SeriesWindows[64];
    private final TreeMap<Long, Span> spans = new TreeMap<>();
    /** Windows that start before this second are sealed. */
    private long sealedBeforeSecond = Long.MIN_VALUE;

    private long longestStepMillis;
    private long late;

    public WindowLedger(long allowanceMillis, long sealAfterMillis, WindowSink sink) {
        this.allowanceMillis = allowanceMillis;
        this.sealAfterMillis = sealAfterMillis;
        this.sink = sink;
    }

    /** Series by series, which is how windows lie in memory; in which order those of one time are held is nobody's business. */
    public void save(StateWriter out, References references) {
        out.section(SECTION, VERSION);
        out.writeNumber(sealedBeforeSecond);
        out.writeSize(longestStepMillis);
        out.writeSize(late);
        out.writeSize(spans.size());
        spans.forEach((start, span) -> {
            out.writeNumber(start);
            out.writeBoolean(span.published);
            out.writeBoolean(span.sealed);
        });
        out.writeSize(Arrays.stream(bySeries).filter(Objects::nonNull).count());
        for (SeriesWindows windows : bySeries) {
            if (windows != null) {
                windows.save(out, references);
            }
        }
        List<SeriesWindows> ofForgotten = spans.values().stream()
                .flatMap(span -> span.held.stream())
                .map(Held::owner)
                .filter(owner -> owner.series().isForgotten())
                .distinct()
                .sorted(Comparator.comparing(
                                (SeriesWindows owner) -> owner.series().tenant())
                        .thenComparing(owner -> owner.series().key()))
                .toList();
        out.writeSize(ofForgotten.size());
        ofForgotten.forEach(windows -> windows.save(out, references));
    }

    public void restore(StateReader in, References references) throws IOException {
        in.section(SECTION, VERSION);
        sealedBeforeSecond = in.readNumber();
        longestStepMillis = in.readSize();
        late = in.readSize();
        for (int left = in.readCount(); left > 0; left--) {
            Span span = new Span();
            spans.put(in.readNumber(), span);
            span.published = in.readBoolean();
            span.sealed = in.readBoolean();
        }
        for (int left = in.readCount(); left > 0; left--) {
            SeriesWindows windows = restoreWindows(in, references);
            Series series = windows.series();
            put(series, windows);
            if (windows.count > 0) {
                sink.resumed(series.tenant(), series.key(), totals(windows));
            }
        }
        for (int left = in.readCount(); left > 0; left--) {
            restoreWindows(in, references);
        }
    }

    private SeriesWindows restoreWindows(StateReader in, References references) throws IOException {
        SeriesWindows windows = SeriesWindows.restore(in, references);
        for (OpenWindow window : windows.open()) {
            Span span = spans.get(window.startSecond());
            if (span == null) {
                throw new IOException("a window begins at " + window.startSecond() + ", where none begin");
            }
            span.held.add(new Held(windows, window));
        }
        return windows;
    }

    @Override
    public void created(Series series) {
        put(series, new SeriesWindows(series));
    }

    private void put(Series series, SeriesWindows windows) {
        if (series.number() >= bySeries.length) {
            bySeries = Arrays.copyOf(bySeries, Math.max(series.number() + 1, bySeries.length * 2));
        }
        bySeries[series.number()] = windows;
    }

    @Override
    public void forgotten(Series series) {
        bySeries[series.number()] = null;
        sink.forget(series.tenant(), series.key());
    }

    /** The windows of a series that exists. */
    public SeriesWindows of(Series series) {
        SeriesWindows windows = bySeries[series.number()];
        if (windows == null) {
            throw new IllegalStateException("series " + series.key() + " does not exist any more");
        }
        return windows;
    }

    /** Windows stay readable for rules with steps up to this. */
    public void keepFor(long stepMillis) {
        longestStepMillis = Math.max(longestStepMillis, stepMillis);
    }

    /** Takes one record. */
    public void add(Series series, long timeMillis, double value, boolean failed, String errorType) {
        SeriesWindows windows = of(series);
        windows.count++;
        windows.sum += value;
        if (failed) {
            windows.failed++;
        }
        long second = Math.floorDiv(timeMillis, 1_000L);
        long start = second - Math.floorMod(second, (long) SECONDS);
        if (start < sealedBeforeSecond) {
            late++;
            return;
        }
        windows.first(second);
        OpenWindow window = windows.find(start);
        if (window == null) {
            window = windows.open(start);
            spans.computeIfAbsent(start, s -> new Span()).held.add(new Held(windows, window));
        } else {
            windows.use(window);
        }
        window.add(timeMillis, value, failed, errorType);
    }

    /** A record that was added before was traced; nothing happens if it came too late for its window. */
    public void traced(Series series, long timeMillis, double value, boolean failed, long traceHigh, long traceLow) {
        OpenWindow window = of(series).find(floorToSpan(Math.floorDiv(timeMillis, 1_000L)));
        if (window != null) {
            window.traced(traceHigh, traceLow, value, failed, timeMillis);
        }
    }

    /** Engine time goes on: publishes what may be judged, seals and lets go of what is old. */
    public void advance(long engineMillis) {
        long handedOverBefore = floorToMinute(sealedBeforeSecond);
        sealedBeforeSecond =
                Math.max(sealedBeforeSecond, floorToSpan(Math.floorDiv(engineMillis - sealAfterMillis, 1_000L)));
        long wholeMinutesBefore = floorToMinute(sealedBeforeSecond);
        long keepMillis = Math.max(sealAfterMillis, longestStepMillis + allowanceMillis);
        Iterator<Map.Entry<Long, Span>> oldestFirst = spans.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Map.Entry<Long, Span> entry = oldestFirst.next();
            long endMillis = (entry.getKey() + SECONDS) * 1_000L;
            if (endMillis + allowanceMillis > engineMillis) {
                break;
            }
            Span span = entry.getValue();
            if (!span.published) {
                span.published = true;
                publish(span);
            }
            if (!span.sealed && entry.getKey() < sealedBeforeSecond) {
                span.sealed = true;
                publish(span);
            }
            if (span.sealed && !span.handedOver && entry.getKey() >= handedOverBefore) {
                span.handedOver = true;
                handOver(entry.getKey(), span);
            }
            // a minute stays until all of it is sealed, so that whoever begins anew with what is here is given all of
            // it
            if (span.sealed && entry.getKey() < wholeMinutesBefore && endMillis + keepMillis <= engineMillis) {
                span.held.forEach(held -> held.owner().remove(held.window()));
                oldestFirst.remove();
            }
        }
        if (wholeMinutesBefore > handedOverBefore) {
            sink.sealedBefore(wholeMinutesBefore * 1_000L);
        }
        sink.time(engineMillis);
    }

    private void handOver(long startSecond, Span span) {
        if (!sink.takesSealed()) {
            return;
        }
        List<WindowSink.Sealed> windows = new ArrayList<>(span.held.size());
        for (Held held : span.held) {
            Series series = held.owner().series();
            windows.add(new WindowSink.Sealed(
                    series.tenant(), series.key(), held.window().snapshot()));
        }
        sink.sealed(startSecond * 1_000L, windows);
    }

    private static long floorToMinute(long second) {
        return second == Long.MIN_VALUE ? second : second - Math.floorMod(second, 60L);
    }

    private static long floorToSpan(long second) {
        return second - Math.floorMod(second, (long) SECONDS);
    }

    /** Publishes all that changed since it was last published, open windows too. */
    public void publishOpen() {
        spans.values().forEach(this::publish);
    }

    private void publish(Span span) {
        for (Held held : span.held) {
            if (held.window().takeDirty()) {
                SeriesWindows owner = held.owner();
                sink.publish(
                        owner.series().tenant(),
                        owner.series().key(),
                        held.window().snapshot(),
                        totals(owner));
            }
        }
    }

    private static WindowSink.SeriesTotals totals(SeriesWindows of) {
        return new WindowSink.SeriesTotals(of.count, of.failed, of.sum);
    }

    /** Records that came after their window was sealed. */
    public long late() {
        return late;
    }
}
