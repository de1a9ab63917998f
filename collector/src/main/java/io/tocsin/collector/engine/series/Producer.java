/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A producer: what its ids mean, and when it was alive. */
public final class Producer {
    /** From {@code fromMillis} on, until the next one. */
    private record Spell(long fromMillis, Liveness liveness) {}

    /** How much of the past is kept to answer {@link #aliveMillis}: more than the longest step. */
    private static final long SPELLS_KEPT_MILLIS = 2 * 3_600_000;

    private final ProducerKey key;
    private @Nullable Series[] series = new Series[16];
    private String[] errorTypes = new String[8];
    /** Oldest first; empty: it sends no heartbeats. */
    private final ArrayDeque<Spell> spells = new ArrayDeque<>();

    Producer(ProducerKey key) {
        this.key = key;
        Arrays.fill(errorTypes, "");
    }

    public ProducerKey key() {
        return key;
    }

    /** All but what its series ids mean. */
    void save(StateWriter out) {
        key.save(out);
        out.writeSize(spells.size());
        for (Spell spell : spells) {
            out.writeNumber(spell.fromMillis());
            out.writeText(spell.liveness().name());
        }
        int names = 0;
        for (String name : errorTypes) {
            names += name.isEmpty() ? 0 : 1;
        }
        out.writeSize(names);
        for (int id = 0; id < errorTypes.length; id++) {
            if (!errorTypes[id].isEmpty()) {
                out.writeSize(id);
                out.writeText(errorTypes[id]);
            }
        }
    }

    static Producer restore(StateReader in) throws IOException {
        Producer producer = new Producer(ProducerKey.restore(in));
        for (int left = in.readCount(); left > 0; left--) {
            producer.spells.add(new Spell(in.readNumber(), in.readConstant(Liveness.class)));
        }
        for (int left = in.readCount(); left > 0; left--) {
            producer.define(new ErrorTypeDefinition((int) in.readSize(), in.readText()));
        }
        return producer;
    }

    void saveMeanings(StateWriter out, References references) {
        int meanings = 0;
        for (Series meaning : series) {
            meanings += meaning == null ? 0 : 1;
        }
        out.writeSize(meanings);
        for (int id = 0; id < series.length; id++) {
            Series meaning = series[id];
            if (meaning != null) {
                out.writeSize(id);
                references.write(meaning, out);
            }
        }
    }

    void restoreMeanings(StateReader in, References references) throws IOException {
        for (int left = in.readCount(); left > 0; left--) {
            int id = (int) in.readSize();
            define(id, references.readSeries(in));
        }
    }

    void define(SeriesDefinition definition, Series meaning) {
        define(definition.id(), meaning);
    }

    private void define(int id, Series meaning) {
        if (id >= series.length) {
            series = Arrays.copyOf(series, Math.max(id + 1, series.length * 2));
        }
        series[id] = meaning;
    }

    void define(ErrorTypeDefinition definition) {
        int before = errorTypes.length;
        if (definition.id() >= before) {
            errorTypes = Arrays.copyOf(errorTypes, Math.max(definition.id() + 1, before * 2));
            Arrays.fill(errorTypes, before, errorTypes.length, "");
        }
        errorTypes[definition.id()] = definition.name();
    }

    /** The series of an id; null if it was never defined. */
    public @Nullable Series series(int id) {
        return id < series.length ? series[id] : null;
    }

    /** The name of an error type, "" for 0 and for one that was never defined. */
    public String errorType(int id) {
        return id < errorTypes.length ? errorTypes[id] : "";
    }

    void changed(Liveness liveness, long atMillis) {
        spells.add(new Spell(atMillis, liveness));
        while (spells.size() > 2 && spells.getFirst().fromMillis() < atMillis - SPELLS_KEPT_MILLIS) {
            spells.removeFirst();
        }
    }

    /** Whether it tells that it is alive, so that its silence can mean something. */
    public boolean sendsHeartbeats() {
        return !spells.isEmpty();
    }

    /** Whether it had stopped on purpose by then. */
    public boolean hadStopped(long atMillis) {
        return hasBeen(Liveness.STOPPED, atMillis);
    }

    /** Whether it had been lost since then or earlier. */
    public boolean hadBeenLost(long sinceMillis) {
        return hasBeen(Liveness.LOST, sinceMillis);
    }

    private boolean hasBeen(Liveness liveness, long sinceMillis) {
        return !spells.isEmpty()
                && spells.getLast().liveness() == liveness
                && spells.getLast().fromMillis() <= sinceMillis;
    }

    /** How much of [fromMillis, toMillis) it was alive. */
    public long aliveMillis(long fromMillis, long toMillis) {
        long alive = 0;
        Iterator<Spell> newestFirst = spells.descendingIterator();
        long end = toMillis;
        while (newestFirst.hasNext() && end > fromMillis) {
            Spell spell = newestFirst.next();
            long begin = Math.max(spell.fromMillis(), fromMillis);
            if (spell.liveness() == Liveness.ALIVE && begin < end) {
                alive += end - begin;
            }
            end = Math.min(end, begin);
        }
        return alive;
    }
}
