/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.series.Producer;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.engine.window.SeriesWindows;
import io.tocsin.collector.engine.window.TracedRequests;
import io.tocsin.collector.engine.window.WindowLedger;
import io.tocsin.collector.series.Attributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/** What is told apart within a group: the series of each input that make it up, and the producers that feed them. */
final class Member {
    private record Source(SeriesWindows windows, int input) {}

    private final Attributes attributes;
    /** By series, then by input; in order of joining. */
    private final Map<Series, List<Source>> sources = new LinkedHashMap<>(2);

    private final Set<Producer> producers = new LinkedHashSet<>(2);
    private final boolean hasWindows;
    private boolean fed;
    private boolean started;

    /** @param hasWindows whether it is given windows; only then does it matter who feeds it */
    Member(Attributes attributes, boolean hasWindows) {
        this.attributes = attributes;
        this.hasWindows = hasWindows;
    }

    void save(StateWriter out, References references) {
        out.write(attributes);
        out.writeBoolean(fed);
        out.writeBoolean(started);
        out.writeSize(producers.size());
        for (Producer producer : producers) {
            references.write(producer, out);
        }
        out.writeSize(sources.size());
        sources.forEach((series, of) -> {
            references.write(series, out);
            out.writeSize(of.size());
            of.forEach(source -> out.writeSize(source.input()));
        });
    }

    void forEachSource(ObjIntConsumer<Series> action) {
        sources.forEach((series, of) -> of.forEach(source -> action.accept(series, source.input())));
    }

    static Member restore(SavedMember saved, boolean hasWindows, WindowLedger windows) {
        Member member = new Member(saved.attributes(), hasWindows);
        saved.sources()
                .forEach(source -> member.sources
                        .computeIfAbsent(source.series(), s -> new ArrayList<>(1))
                        .add(new Source(windows.of(source.series()), source.input())));
        member.producers.addAll(saved.producers());
        member.fed = saved.fed();
        member.started = saved.started();
        return member;
    }

    Attributes attributes() {
        return attributes;
    }

    void add(Series series, SeriesWindows windows, int input) {
        sources.computeIfAbsent(series, s -> new ArrayList<>(1)).add(new Source(windows, input));
        fed |= hasWindows && series.isFed();
        series.producers().forEach(this::fedBy);
    }

    /** True if nothing is left of it. */
    boolean remove(Series series) {
        sources.remove(series);
        return sources.isEmpty();
    }

    void fedBy(Producer producer) {
        if (hasWindows) {
            producers.add(producer);
            fed = true;
        }
    }

    /** Whether it had data before this second; from then on it has a window in every step. */
    boolean startedBefore(long second) {
        if (!started) {
            for (List<Source> of : sources.values()) {
                started |= of.get(0).windows().firstSecond() < second;
            }
        }
        return started;
    }

    void forEachOf(int input, java.util.function.Consumer<SeriesWindows> action) {
        for (List<Source> of : sources.values()) {
            for (Source source : of) {
                if (source.input() == input) {
                    action.accept(source.windows());
                }
            }
        }
    }

    /** Gives the traced requests of at most {@code maxSeries} of its series that ended in [fromMillis, untilMillis). */
    void forEachTraced(long fromMillis, long untilMillis, int maxSeries, TracedRequests.Taker taker) {
        int left = maxSeries;
        for (List<Source> of : sources.values()) {
            if (left-- == 0) {
                return;
            }
            of.get(0).windows().forEachTraced(fromMillis, untilMillis, taker);
        }
    }

    /**
     * Share of [startMillis, endMillis) in which its producers were alive, as a mean over those that tell; 0 if none does. Lets go of producers that
     * had stopped, or been lost for too long, before it, until they send again.
     */
    double listened(long startMillis, long endMillis, long lostCountsMillis) {
        long alive = 0;
        int telling = 0;
        Iterator<Producer> all = producers.iterator();
        while (all.hasNext()) {
            Producer producer = all.next();
            if (producer.hadStopped(startMillis) || producer.hadBeenLost(startMillis - lostCountsMillis)) {
                all.remove();
                sources.keySet().forEach(series -> series.left(producer));
            } else if (producer.sendsHeartbeats()) {
                alive += producer.aliveMillis(startMillis, endMillis);
                telling++;
            }
        }
        return telling == 0 ? 0 : Math.min(1, (double) alive / ((endMillis - startMillis) * telling));
    }

    /** All that fed it have stopped on purpose, or are long lost: its silence means nothing. */
    boolean isAbandoned() {
        return fed && producers.isEmpty();
    }
}
