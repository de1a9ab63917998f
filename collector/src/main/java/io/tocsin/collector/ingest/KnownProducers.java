/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ProducerKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names of all producers with an open stream, and of the {@value #MAX_IDLE} that closed theirs last: whoever reconnects sends
 * its definitions again, and only what is new goes to the journal. Thread-safe.
 */
final class KnownProducers {
    static final int MAX_IDLE = 1_000;

    private record Place(int partition, ProducerKey producer) {}

    private static final class Use {
        final ProducerNames names;
        int streams;

        Use(ProducerNames names) {
            this.names = names;
        }
    }

    private final IngestCounters counters;
    private final Object lock = new Object();

    /** In order of last use. */
    @GuardedBy("lock")
    private final Map<Place, Use> uses = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("lock")
    private int idle;

    KnownProducers(IngestCounters counters) {
        this.counters = counters;
    }

    /** Each call is followed by one of {@link #close}. */
    ProducerNames open(int partition, ProducerKey producer) {
        synchronized (lock) {
            Place place = new Place(partition, producer);
            Use use = uses.get(place);
            if (use == null) {
                use = new Use(new ProducerNames(producer, counters));
                uses.put(place, use);
            } else if (use.streams == 0) {
                idle--;
            }
            use.streams++;
            return use.names;
        }
    }

    /** As if it had been sent on a stream that is closed. */
    void recover(int partition, Entry.Definitions definitions) {
        open(partition, definitions.scope()).recover(definitions);
        close(partition, definitions.scope());
    }

    void close(int partition, ProducerKey producer) {
        synchronized (lock) {
            Use use = uses.get(new Place(partition, producer));
            if (use != null && --use.streams == 0 && ++idle > MAX_IDLE) {
                forgetOldestIdle();
            }
        }
    }

    @GuardedBy("lock")
    private void forgetOldestIdle() {
        for (Iterator<Use> all = uses.values().iterator(); all.hasNext(); ) {
            if (all.next().streams == 0) {
                all.remove();
                idle--;
                return;
            }
        }
    }
}
