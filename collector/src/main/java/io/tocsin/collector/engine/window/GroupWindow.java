/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.window;

import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Window;
import io.tocsin.wire.Sketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The window of several series seen as one. One object is filled again and again: a detector that keeps it breaks promise 12.
 *
 * <p>Sketches are merged only when one asks for a quantile.
 */
public final class GroupWindow implements Window {
    private record Part(OpenWindow window, int from, int to) {}

    private final List<Part> parts = new ArrayList<>();
    private int member;
    private int input;
    private long startMillis;
    private long endMillis;
    private double coverage;
    private Attributes attributes = Attributes.NONE;
    private long count;
    private long errors;
    private double sum;
    private double min;
    private double max;
    private double last;
    private long lastMillis;
    private final Sketch merged = new Sketch();
    private @Nullable Sketch sketch;
    private @Nullable Map<String, Long> byType;

    /** Begins a new window. */
    public void begin(int ofMember, int ofInput, long start, long end, double listened, Attributes of) {
        member = ofMember;
        input = ofInput;
        startMillis = start;
        endMillis = end;
        coverage = listened;
        attributes = of;
        parts.clear();
        count = 0;
        errors = 0;
        sum = 0;
        min = Double.NaN;
        max = Double.NaN;
        last = Double.NaN;
        lastMillis = Long.MIN_VALUE;
        sketch = null;
        byType = null;
    }

    /** Adds what a series has in it. */
    public void add(SeriesWindows series) {
        if (!series.hasOpen()) {
            return;
        }
        long from = startMillis / 1_000;
        long to = endMillis / 1_000;
        long start = from - Math.floorMod(from, (long) OpenWindow.SECONDS);
        for (; start < to; start += OpenWindow.SECONDS) {
            OpenWindow window = series.find(start);
            if (window != null) {
                add(window, (int) Math.max(0, from - start), (int) Math.min(OpenWindow.SECONDS, to - start));
            }
        }
    }

    private void add(OpenWindow window, int from, int to) {
        long records = window.count(from, to);
        if (records == 0) {
            return;
        }
        parts.add(new Part(window, from, to));
        count += records;
        errors += window.failed(from, to);
        sum += window.sum(from, to);
        for (int place = window.sketchFrom(from); place < window.sketchTo(to); place++) {
            Sketch one = window.sketch(place);
            if (one != null) {
                min = Double.isNaN(min) ? one.min() : Math.min(min, one.min());
                max = Double.isNaN(max) ? one.max() : Math.max(max, one.max());
            }
        }
        long latest = window.lastMillis(from, to);
        if (latest > lastMillis) {
            lastMillis = latest;
            last = window.lastValue(from, to);
        }
    }

    @Override
    public int member() {
        return member;
    }

    @Override
    public int input() {
        return input;
    }

    @Override
    public long startMillis() {
        return startMillis;
    }

    @Override
    public long endMillis() {
        return endMillis;
    }

    @Override
    public double coverage() {
        return coverage;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long errors() {
        return errors;
    }

    @Override
    public Set<String> errorTypes() {
        return errorsByType().keySet();
    }

    @Override
    public long errors(String type) {
        return errorsByType().getOrDefault(type, 0L);
    }

    private Map<String, Long> errorsByType() {
        if (byType == null) {
            byType = new TreeMap<>();
            for (Part part : parts) {
                part.window().errors(part.from(), part.to(), byType);
            }
        }
        return byType;
    }

    @Override
    public double sum() {
        return sum;
    }

    @Override
    public double min() {
        return min;
    }

    @Override
    public double max() {
        return max;
    }

    @Override
    public double last() {
        return last;
    }

    @Override
    public double quantile(double q) {
        return sketch().quantile(q);
    }

    @Override
    public long countAtMost(double x) {
        return sketch().countAtMost(x);
    }

    private Sketch sketch() {
        if (sketch == null) {
            merged.reset();
            for (Part part : parts) {
                OpenWindow window = part.window();
                for (int place = window.sketchFrom(part.from()); place < window.sketchTo(part.to()); place++) {
                    Sketch one = window.sketch(place);
                    if (one != null) {
                        merged.merge(one);
                    }
                }
            }
            sketch = merged;
        }
        return sketch;
    }

    @Override
    public String attribute(String name) {
        return attributes.get(name);
    }
}
