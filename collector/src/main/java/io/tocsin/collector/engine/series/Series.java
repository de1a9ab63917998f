/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.series.SeriesKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A series that exists. Other stages keep their state of it by {@link #number}. */
public final class Series {
    private final int number;
    private final String tenant;
    private final SeriesKey key;
    private final List<Producer> producers = new ArrayList<>(1);
    private @Nullable Producer lastProducer;
    private long lastSeenMillis;
    private final boolean overflow;
    private boolean forgotten;
    private boolean fed;

    Series(int number, String tenant, SeriesKey key, long nowMillis) {
        this.number = number;
        this.tenant = tenant;
        this.key = key;
        this.lastSeenMillis = nowMillis;
        this.overflow = key.isOverflow();
    }

    /** One that exists no more, though somebody still refers to it. */
    static Series forgotten(String tenant, SeriesKey key) {
        Series series = new Series(-1, tenant, key, 0);
        series.forget();
        return series;
    }

    /** All but its tenant. */
    void save(StateWriter out, References references) {
        out.writeSize(number);
        out.write(key);
        out.writeNumber(lastSeenMillis);
        out.writeBoolean(fed);
        out.writeSize(producers.size());
        for (Producer producer : producers) {
            references.write(producer, out);
        }
        out.writeBoolean(lastProducer != null);
        if (lastProducer != null) {
            references.write(lastProducer, out);
        }
    }

    static Series restore(String tenant, StateReader in, References references) throws IOException {
        int number = (int) in.readSize();
        Series series = new Series(number, tenant, in.readSeriesKey(), in.readNumber());
        series.fed = in.readBoolean();
        for (int left = in.readCount(); left > 0; left--) {
            series.producers.add(references.readProducer(in));
        }
        series.lastProducer = in.readBoolean() ? references.readProducer(in) : null;
        return series;
    }

    /** Dense from 0; used again after the series is forgotten. */
    public int number() {
        return number;
    }

    public String tenant() {
        return tenant;
    }

    public SeriesKey key() {
        return key;
    }

    /** Whether it takes the records of series beyond the limit. */
    public boolean isOverflow() {
        return overflow;
    }

    public List<Producer> producers() {
        return producers;
    }

    /**
     * True if this producer had not sent any of it before.
     *
     * @param atMillis engine time, or the record's where that is later
     */
    public boolean seen(Producer from, long atMillis) {
        lastSeenMillis = Math.max(lastSeenMillis, atMillis);
        if (lastProducer == from) {
            return false;
        }
        lastProducer = from;
        fed = true;
        if (producers.contains(from)) {
            return false;
        }
        producers.add(from);
        return true;
    }

    /** The producer no longer counts; it is one that had not sent any before if it sends after all. */
    public void left(Producer producer) {
        producers.remove(producer);
        if (lastProducer == producer) {
            lastProducer = null;
        }
    }

    /** Lets go of producers that have stopped, or been lost, since then or earlier: every restart of a service is another one. */
    void leaveGone(long sinceMillis) {
        for (Producer producer : List.copyOf(producers)) {
            if (producer.hadStopped(sinceMillis) || producer.hadBeenLost(sinceMillis)) {
                left(producer);
            }
        }
    }

    /** Whether any producer has ever sent any of it. */
    public boolean isFed() {
        return fed;
    }

    /** Starts its time without records here, if it started before time began. */
    void begin(long engineMillis) {
        lastSeenMillis = Math.max(lastSeenMillis, engineMillis);
    }

    boolean isIdle(long engineMillis, long idleMillis) {
        return engineMillis - lastSeenMillis > idleMillis;
    }

    void forget() {
        forgotten = true;
    }

    /** Whether it was idle for too long; a record that comes after all makes a new series. */
    public boolean isForgotten() {
        return forgotten;
    }
}
