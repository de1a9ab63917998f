/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.series.SeriesKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How saved state refers to series and producers: by number. What the registry knows no more, though somebody still holds it, is written where it is first
 * met. Good for one save or one restore; not thread-safe.
 */
public final class References {
    private static final int FORGOTTEN = 0;

    private final IdentityHashMap<Producer, Integer> numbers = new IdentityHashMap<>();
    private final List<Producer> producers = new ArrayList<>();
    private @Nullable Series[] seriesByNumber = new Series[64];
    private final Map<String, Map<SeriesKey, Series>> forgotten = new HashMap<>();
    /** Series side by side have the same producer as a rule. */
    private @Nullable Producer lastProducer;

    private int lastNumber;

    private References() {}

    static References toSave(Collection<Producer> known) {
        References references = new References();
        known.forEach(references::number);
        return references;
    }

    static References toRestore() {
        return new References();
    }

    private void number(Producer producer) {
        numbers.put(producer, numbers.size());
    }

    void add(Producer restored) {
        producers.add(restored);
    }

    void add(Series restored) {
        if (restored.number() >= seriesByNumber.length) {
            seriesByNumber = Arrays.copyOf(seriesByNumber, Math.max(restored.number() + 1, seriesByNumber.length * 2));
        }
        seriesByNumber[restored.number()] = restored;
    }

    /** By number. */
    public void forEachSeries(Consumer<Series> action) {
        for (Series one : seriesByNumber) {
            if (one != null) {
                action.accept(one);
            }
        }
    }

    public void write(Producer producer, StateWriter out) {
        if (producer != lastProducer) {
            Integer known = numbers.get(producer);
            if (known == null) {
                out.writeSize(numbers.size());
                producer.save(out);
                number(producer);
                return;
            }
            lastProducer = producer;
            lastNumber = known;
        }
        out.writeSize(lastNumber);
    }

    public Producer readProducer(StateReader in) throws IOException {
        long number = in.readSize();
        if (number == producers.size()) {
            add(Producer.restore(in));
        }
        if (number < 0 || number >= producers.size()) {
            throw new IOException("there is no producer " + number + ", there are " + producers.size());
        }
        return producers.get((int) number);
    }

    public void write(Series series, StateWriter out) {
        if (series.isForgotten()) {
            out.writeSize(FORGOTTEN);
            out.writeText(series.tenant());
            out.write(series.key());
        } else {
            out.writeSize(series.number() + 1);
        }
    }

    public Series readSeries(StateReader in) throws IOException {
        long number = in.readSize();
        if (number == FORGOTTEN) {
            String tenant = in.readText();
            return forgotten
                    .computeIfAbsent(tenant, t -> new HashMap<>())
                    .computeIfAbsent(in.readSeriesKey(), key -> Series.forgotten(tenant, key));
        }
        Series found = number < 0 || number > seriesByNumber.length ? null : seriesByNumber[(int) number - 1];
        if (found == null) {
            throw new IOException("there is no series " + (number - 1));
        }
        return found;
    }
}
