/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.window;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.wire.Sketch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ten seconds of one series that still take records: counts, failures and sums by second, one sketch for all, or one a second where a rule has
 * steps that ten seconds are no part of.
 */
public final class OpenWindow {
    static final int SECONDS = SeriesWindow.SECONDS;
    private static final int COUNT = 0;
    private static final int FAILED = 1;
    private static final int SUM = 2;
    private static final int WIDTH = 3;
    private static final double[] NO_VALUES = new double[0];

    private static final class Errors {
        final String type;
        final int[] bySecond = new int[SECONDS];

        Errors(String type) {
            this.type = type;
        }
    }

    private final long startSecond;
    /** Count, failures and sum of each second, side by side so that a record touches one cache line. */
    private final double[] bySecond = new double[SECONDS * WIDTH];
    /** One, or one a second. */
    private final @Nullable Sketch[] sketches;
    /** Few: types of errors, in order of first appearance. */
    private final List<Errors> errors = new ArrayList<>(0);

    /** Latest value by second, for a gauge only. */
    private final long @Nullable [] lastMillis;

    private final double[] lastValues;
    /** Null while none was traced. */
    private @Nullable TracedRequests traced;

    /** Changed since it was last published. */
    private boolean dirty;
    /** As it was last shown; null when that has changed. */
    private @Nullable SeriesWindow shown;

    OpenWindow(long startSecond, boolean fine, boolean gauge) {
        this.startSecond = startSecond;
        this.lastMillis = gauge ? new long[SECONDS] : null;
        this.lastValues = gauge ? new double[SECONDS] : NO_VALUES;
        this.sketches = new Sketch[fine ? SECONDS : 1];
    }

    /** All but its start. Whether it was published is nobody's state: what reads it may have been lost with the process. */
    void save(StateWriter out) {
        out.writeSize(sketches.length);
        out.writeBoolean(lastMillis != null);
        int used = 0;
        for (int second = 0; second < SECONDS; second++) {
            used |= bySecond[second * WIDTH + COUNT] > 0 ? 1 << second : 0;
        }
        out.writeSize(used);
        for (int second = 0; second < SECONDS; second++) {
            if ((used & 1 << second) != 0) {
                out.writeSize((long) bySecond[second * WIDTH + COUNT]);
                out.writeSize((long) bySecond[second * WIDTH + FAILED]);
                out.writeDouble(bySecond[second * WIDTH + SUM]);
                if (lastMillis != null) {
                    out.writeNumber(lastMillis[second]);
                    out.writeDouble(lastValues[second]);
                }
            }
        }
        for (Sketch sketch : sketches) {
            out.writeBoolean(sketch != null);
            if (sketch != null) {
                out.write(sketch::write);
            }
        }
        out.writeSize(errors.size());
        for (Errors one : errors) {
            out.writeText(one.type);
            for (int count : one.bySecond) {
                out.writeSize(count);
            }
        }
        out.writeBoolean(traced != null);
        if (traced != null) {
            traced.save(out);
        }
    }

    static OpenWindow restore(long startSecond, StateReader in) throws IOException {
        OpenWindow window = new OpenWindow(startSecond, in.readSize() > 1, in.readBoolean());
        long used = in.readSize();
        for (int second = 0; second < SECONDS; second++) {
            if ((used & 1 << second) != 0) {
                window.bySecond[second * WIDTH + COUNT] = in.readSize();
                window.bySecond[second * WIDTH + FAILED] = in.readSize();
                window.bySecond[second * WIDTH + SUM] = in.readDouble();
                if (window.lastMillis != null) {
                    window.lastMillis[second] = in.readNumber();
                    window.lastValues[second] = in.readDouble();
                }
            }
        }
        for (int place = 0; place < window.sketches.length; place++) {
            window.sketches[place] = in.readBoolean() ? Sketch.read(in) : null;
        }
        for (int left = in.readCount(); left > 0; left--) {
            Errors one = window.errors(in.readText());
            for (int second = 0; second < SECONDS; second++) {
                one.bySecond[second] = (int) in.readSize();
            }
        }
        window.traced = in.readBoolean() ? TracedRequests.restore(in) : null;
        window.dirty = true;
        return window;
    }

    long startSecond() {
        return startSecond;
    }

    boolean isFine() {
        return sketches.length > 1;
    }

    void add(long timeMillis, double value, boolean isFailed, String errorType) {
        int second = (int) (Math.floorDiv(timeMillis, 1_000L) - startSecond);
        int base = second * WIDTH;
        bySecond[base + COUNT]++;
        bySecond[base + SUM] += value;
        int place = sketches.length == 1 ? 0 : second;
        Sketch sketch = sketches[place];
        if (sketch == null) {
            sketch = new Sketch();
            sketches[place] = sketch;
        }
        sketch.add(value);
        if (isFailed) {
            bySecond[base + FAILED]++;
            errors(errorType).bySecond[second]++;
        }
        if (lastMillis != null && timeMillis >= lastMillis[second]) {
            lastMillis[second] = timeMillis;
            lastValues[second] = value;
        }
        dirty = true;
        shown = null;
    }

    /** One of the records was traced. */
    void traced(long traceHigh, long traceLow, double seconds, boolean isFailed, long endMillis) {
        TracedRequests requests = traced;
        if (requests == null) {
            requests = new TracedRequests();
            traced = requests;
        }
        requests.add(traceHigh, traceLow, seconds, isFailed, endMillis);
        shown = null;
    }

    @Nullable
    TracedRequests traced() {
        return traced;
    }

    private Errors errors(String type) {
        for (Errors known : errors) {
            if (known.type.equals(type)) {
                return known;
            }
        }
        Errors first = new Errors(type);
        errors.add(first);
        return first;
    }

    boolean takeDirty() {
        boolean was = dirty;
        dirty = false;
        return was;
    }

    long count(int from, int to) {
        return (long) sum(COUNT, from, to);
    }

    long failed(int from, int to) {
        return (long) sum(FAILED, from, to);
    }

    double sum(int from, int to) {
        return sum(SUM, from, to);
    }

    private double sum(int column, int from, int to) {
        double sum = 0;
        for (int second = from; second < to; second++) {
            sum += bySecond[second * WIDTH + column];
        }
        return sum;
    }

    /** Time of the latest value of these seconds; Long.MIN_VALUE if this is no gauge or there is none. */
    long lastMillis(int from, int to) {
        int second = latestSecond(from, to);
        return second < 0 || lastMillis == null ? Long.MIN_VALUE : lastMillis[second];
    }

    /** The latest value of these seconds; NaN likewise. */
    double lastValue(int from, int to) {
        int second = latestSecond(from, to);
        return second < 0 ? Double.NaN : lastValues[second];
    }

    private int latestSecond(int from, int to) {
        if (lastMillis != null) {
            for (int second = to - 1; second >= from; second--) {
                if (bySecond[second * WIDTH + COUNT] > 0) {
                    return second;
                }
            }
        }
        return -1;
    }

    /** Adds failures by type. */
    void errors(int from, int to, Map<String, Long> into) {
        for (Errors one : errors) {
            long count = 0;
            for (int second = from; second < to; second++) {
                count += one.bySecond[second];
            }
            if (count > 0) {
                into.merge(one.type, count, Long::sum);
            }
        }
    }

    /** The sketches that make up these seconds: all of them if this has but one. */
    int sketchFrom(int from) {
        return sketches.length == 1 ? 0 : from;
    }

    int sketchTo(int to) {
        return sketches.length == 1 ? 1 : to;
    }

    @Nullable
    Sketch sketch(int place) {
        return sketches[place];
    }

    /** As it is now. */
    SeriesWindow snapshot() {
        SeriesWindow known = shown;
        if (known == null) {
            known = read();
            shown = known;
        }
        return known;
    }

    private SeriesWindow read() {
        Sketch all = new Sketch();
        for (Sketch sketch : sketches) {
            if (sketch != null) {
                all.merge(sketch);
            }
        }
        Map<String, Long> byType = new TreeMap<>();
        errors(0, SECONDS, byType);
        int[] counts = new int[SECONDS];
        int[] failed = new int[SECONDS];
        double[] sums = new double[SECONDS];
        for (int second = 0; second < SECONDS; second++) {
            counts[second] = (int) bySecond[second * WIDTH + COUNT];
            failed[second] = (int) bySecond[second * WIDTH + FAILED];
            sums[second] = bySecond[second * WIDTH + SUM];
        }
        return new SeriesWindow(
                startSecond * 1_000,
                counts,
                failed,
                sums,
                all,
                Map.copyOf(byType),
                traced == null ? List.of() : traced.exemplars());
    }
}
