/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.window;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.series.SeriesKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open windows of one series, and its totals. */
public final class SeriesWindows {
    private final Series series;
    /** Few; in no order. */
    private final List<OpenWindow> open = new ArrayList<>(2);

    private @Nullable OpenWindow latest;
    private boolean fine;
    private long firstSecond = Long.MAX_VALUE;
    long count;
    long failed;
    double sum;

    SeriesWindows(Series series) {
        this.series = series;
    }

    Series series() {
        return series;
    }

    void save(StateWriter out, References references) {
        references.write(series, out);
        out.writeBoolean(fine);
        out.writeNumber(firstSecond);
        out.writeSize(count);
        out.writeSize(failed);
        out.writeDouble(sum);
        open.sort(Comparator.comparing(OpenWindow::startSecond));
        out.writeSize(open.size());
        for (OpenWindow window : open) {
            out.writeNumber(window.startSecond());
            window.save(out);
        }
    }

    static SeriesWindows restore(StateReader in, References references) throws IOException {
        SeriesWindows windows = new SeriesWindows(references.readSeries(in));
        windows.fine = in.readBoolean();
        windows.firstSecond = in.readNumber();
        windows.count = in.readSize();
        windows.failed = in.readSize();
        windows.sum = in.readDouble();
        for (int left = in.readCount(); left > 0; left--) {
            windows.latest = OpenWindow.restore(in.readNumber(), in);
            windows.open.add(windows.latest);
        }
        return windows;
    }

    /** Few; in no order. */
    List<OpenWindow> open() {
        return open;
    }

    /** From the next window on, sketches are kept by second. */
    public void needSeconds() {
        fine = true;
    }

    boolean isFine() {
        return fine;
    }

    /** Second of its earliest record; Long.MAX_VALUE if it has none. */
    public long firstSecond() {
        return firstSecond;
    }

    void first(long second) {
        firstSecond = Math.min(firstSecond, second);
    }

    /** The window that starts there; null if it has no records. */
    @Nullable
    OpenWindow find(long startSecond) {
        OpenWindow guess = latest;
        if (guess != null && guess.startSecond() == startSecond) {
            return guess;
        }
        for (OpenWindow window : open) {
            if (window.startSecond() == startSecond) {
                return window;
            }
        }
        return null;
    }

    OpenWindow open(long startSecond) {
        OpenWindow window = new OpenWindow(startSecond, fine, series.key().kind() == SeriesKind.GAUGE);
        open.add(window);
        latest = window;
        return window;
    }

    void use(OpenWindow window) {
        latest = window;
    }

    void remove(OpenWindow window) {
        open.remove(window);
        if (latest == window) {
            latest = open.isEmpty() ? null : open.get(open.size() - 1);
        }
    }

    /** Gives the traced requests of open windows that ended in [fromMillis, untilMillis); at most two of each window. */
    public void forEachTraced(long fromMillis, long untilMillis, TracedRequests.Taker taker) {
        for (OpenWindow window : open) {
            TracedRequests traced = window.traced();
            if (traced != null) {
                traced.forEachWithin(fromMillis, untilMillis, taker);
            }
        }
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }
}
