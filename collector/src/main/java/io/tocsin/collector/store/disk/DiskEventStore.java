/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.alert.EventSink;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.store.AlertBook;
import io.tocsin.collector.store.AlertReader;
import io.tocsin.collector.store.EventLog;
import io.tocsin.collector.store.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rocksdb.WriteBatch;

/**
 * Events and alerts on disk. Thread-safe; written by the partition's thread.
 *
 * <p>Stored events win. After a restart the engine applies again what the journal has behind its checkpoint, and gives events that are stored already. They are known by the
 * journal's entry that they belong to, compared and not told again; one that is not as it was stored, as another build may see things, is counted and logged. An event of a
 * later entry is news: it gets the next number, whatever number the engine gave it.
 *
 * <p>Bounded by {@link StoreSettings#eventsKept}, {@link DiskSettings#eventsKept} and {@link StoreSettings#alertsKept}: a prefix of the events and the oldest resolved alerts go
 * first.
 */
final class DiskEventStore implements EventLog, AlertReader, EventSink {
    private static final System.Logger LOG = System.getLogger(DiskEventStore.class.getName());
    /** Newest events, which subscribers read again and again. */
    private static final int TAIL = 4_096;

    private static final byte[] DERIVED_BY = Bytes.ascii("derived-by");
    private static final int EVENTS_AT_ONCE = 500;
    /** Differences that are logged one by one; then they are only counted. */
    private static final int LOGGED = 20;
    /** The oldest events go when so many more than are kept are there, or a minute has passed. */
    private static final int SLACK_PARTS = 100;

    private static final long TIDY_MILLIS = 60_000;
    /** How an alert ends that the engine has not got: such an event is never derived. */
    private static final String NOT_SEEN = "not seen by the build that took over";

    private final StoreDatabase store;
    private final EventRows rows;
    private final int eventsKept;
    private final long eventsKeptMillis;
    /** Changes before anything is derived, if at all. */
    private volatile LogIdentity identity;

    private final EventStoreCounters counters;
    private final long lastAtOpen;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    /** Guarded by lock, as are the rest. */
    private final AlertBook book;

    private final Deque<AlertEvent> tail = new ArrayDeque<>();
    private EventMark mark;
    /** Events of the last entry, as they were when the store was opened, and how many of them were derived again. */
    private long lastEntryStored;

    private long lastEntrySeen;
    private long tidiedMillis = Long.MIN_VALUE;

    DiskEventStore(
            StoreDatabase store,
            StoreSettings settings,
            DiskSettings disk,
            LogIdentity identity,
            EventStoreCounters counters) {
        this.store = store;
        this.rows = new EventRows(store);
        this.eventsKept = settings.eventsKept();
        this.eventsKeptMillis = disk.eventsKept().toMillis();
        this.identity = identity;
        this.counters = counters;
        this.book = new AlertBook(settings.alertsKept());
        this.mark = rows.mark();
        this.lastAtOpen = mark.last();
        rows.alerts().forEach(book::put);
        lastEntryStored = rows.countOfEntry(mark);
        tail.addAll(rows.events(Math.max(mark.first(), mark.last() - TAIL + 1), TAIL));
    }

    @Override
    public void append(AlertEvent derived) {
        long offset = derived.position().offset();
        synchronized (lock) {
            AlertEvent event = numbered(derived, derived.number() + mark.shift(offset));
            if (isStored(offset)) {
                compare(event);
                return;
            }
            if (event.number() != mark.last() + 1) {
                long next = mark.last() + 1;
                mark = mark.shifted(offset, next - derived.number());
                event = numbered(derived, next);
            }
            store(event);
        }
        listeners.forEach(Runnable::run);
    }

    /** The last entry may have had more events than were stored when the process ended: they are counted. */
    private boolean isStored(long offset) {
        if (offset != mark.offset() || mark.whole()) {
            return offset <= mark.offset();
        }
        if (lastEntrySeen == lastEntryStored) {
            return false;
        }
        lastEntrySeen++;
        return true;
    }

    private static AlertEvent numbered(AlertEvent event, long number) {
        if (event.number() == number) {
            return event;
        }
        Alert alert = event.alert().change().lastEvent(number).build();
        return new AlertEvent(
                number, alert.id() + "." + number, event.atMillis(), event.position(), event.previous(), alert);
    }

    private void compare(AlertEvent event) {
        counters.seenAgain.increment();
        if (event.number() < mark.first()) {
            return; // not kept any more
        }
        if (!rows.has(event).orElse(false)) {
            counters.different.increment();
            if (counters.different.sum() <= LOGGED) {
                LOG.log(
                        WARNING,
                        "event " + event.number() + " (" + event.alert().dedupKey() + " "
                                + event.alert().state()
                                + ") of entry " + event.position().offset()
                                + " is not as it was stored; the stored one stays, this one is not sent");
            }
        }
    }

    private void store(AlertEvent event) {
        Alert alert = event.alert();
        long before =
                book.find(alert.tenant(), alert.id()).map(Alert::lastEvent).orElse(0L);
        EventMark after = mark.stored(event.number(), event.position().offset());
        try (WriteBatch batch = new WriteBatch()) {
            rows.put(batch, event, before);
            book.put(alert).ifPresent(gone -> rows.delete(batch, gone));
            long tooMany = after.last() - after.first() + 1 - eventsKept;
            if (tooMany > eventsKept / SLACK_PARTS) {
                after = after.from(after.first() + tooMany);
                rows.deleteBefore(batch, after.first());
                counters.expired.add(tooMany);
            }
            rows.mark(batch, after);
            store.write(batch);
        }
        mark = after;
        lastEntryStored = 0;
        lastEntrySeen = 0;
        tail.addLast(event);
        while (tail.size() > TAIL || tail.getFirst().number() < mark.first()) {
            tail.removeFirst();
        }
    }

    /** Engine time. Events that are too old go. */
    void time(long engineMillis) {
        synchronized (lock) {
            if (tidiedMillis != Long.MIN_VALUE && engineMillis - tidiedMillis < TIDY_MILLIS) {
                return;
            }
            tidiedMillis = engineMillis;
            long first = rows.firstSince(mark.first(), mark.last() + 1, engineMillis - eventsKeptMillis);
            if (first > mark.first()) {
                counters.expired.add(first - mark.first());
                EventMark after = mark.from(first);
                try (WriteBatch batch = new WriteBatch()) {
                    rows.deleteBefore(batch, first);
                    rows.mark(batch, after);
                    store.write(batch);
                }
                mark = after;
                tail.removeIf(event -> event.number() < first);
            }
        }
    }

    /** All events of entries up to that one are stored. */
    long wholeOffset() {
        synchronized (lock) {
            return mark.whole() ? mark.offset() : mark.offset() - 1;
        }
    }

    /** All events of entries up to that one are stored: the engine has applied it. */
    void through(long offset) {
        synchronized (lock) {
            EventMark after = mark.through(offset);
            try (WriteBatch batch = new WriteBatch()) {
                rows.mark(batch, after);
                store.write(batch);
            }
            mark = after;
        }
    }

    /**
     * From here on somebody derives events, before whom it may have been somebody else. What that one told of entries that are not stored whole was lost with its process, and may not
     * come out the same again: then this is another log from there on, so that cursors of the old one get a gap instead of other events.
     *
     * @param by what decides the events beside the journal
     * @param journalOffset the journal's last entry
     */
    void derivedBy(String by, long journalOffset) {
        byte[] now = by.getBytes(StandardCharsets.UTF_8);
        byte[] before = store.get(Family.META, DERIVED_BY);
        if (Arrays.equals(before, now)) {
            return;
        }
        synchronized (lock) {
            if (before != null && wholeOffset() < journalOffset) {
                identity = identity.anew(store, mark.last());
                LOG.log(
                        INFO,
                        "another build, plugins or settings go on behind event " + mark.last()
                                + ": cursors of later events get a gap, as those may not come out the same again");
            }
            try (WriteBatch batch = new WriteBatch()) {
                store.put(batch, Family.META, DERIVED_BY, now);
                store.write(batch);
            }
        }
        store.flush();
    }

    /**
     * Ends alerts that the engine does not have, as another build that applied the same journal may see things: nothing would ever end them. To be called when the engine has
     * applied all that was in the journal, before anything new comes.
     *
     * @param open ids of the alerts that the engine has
     * @param after the entry that the engine went on from
     */
    void reconcile(Set<String> open, long after, long offset, long engineMillis) {
        List<Alert> lost = new ArrayList<>();
        synchronized (lock) {
            counters.different.add(Math.max(0, storedBehind(after) - counters.seenAgain.sum()));
            for (String tenant : book.tenants()) {
                book.unresolved(tenant).stream()
                        .filter(alert -> !open.contains(alert.id()))
                        .forEach(lost::add);
            }
            for (Alert alert : lost) {
                store(ended(alert, mark.last() + 1, offset, engineMillis));
            }
            mark = mark.through(offset);
        }
        if (!lost.isEmpty()) {
            counters.ended.add(lost.size());
            LOG.log(WARNING, lost.size() + " alerts that were open are not there for this build any more; they end");
            listeners.forEach(Runnable::run);
        }
    }

    /** Events of entries behind that one that were there when the store was opened; the engine must have given each of them again. */
    private long storedBehind(long entryOffset) {
        long stored = 0;
        for (long end = lastAtOpen; end >= mark.first(); end -= EVENTS_AT_ONCE) {
            long from = Math.max(mark.first(), end - EVENTS_AT_ONCE + 1);
            List<AlertEvent> some = rows.events(from, (int) (end - from + 1));
            stored += some.stream()
                    .filter(event -> event.position().offset() > entryOffset)
                    .filter(event -> !event.alert().resolution().equals(NOT_SEEN))
                    .count();
            if (some.isEmpty() || some.get(0).position().offset() <= entryOffset) {
                break;
            }
        }
        return stored;
    }

    private AlertEvent ended(Alert alert, long number, long offset, long engineMillis) {
        Alert resolved = alert.change()
                .state(AlertState.RESOLVED)
                .resolvedMillis(engineMillis)
                .changedMillis(engineMillis)
                .resolution(NOT_SEEN)
                .lastEvent(number)
                .build();
        return new AlertEvent(
                number,
                alert.id() + "." + number,
                engineMillis,
                new Position(partitionOf(alert), offset),
                Optional.of(alert.state()),
                resolved);
    }

    private int partitionOf(Alert alert) {
        List<AlertEvent> last = rows.events(alert.lastEvent(), 1);
        return last.isEmpty() ? 0 : last.get(0).position().partition();
    }

    @Override
    public long id() {
        return identity.id();
    }

    @Override
    public long sharedWith(long log) {
        return identity.copied()
                .filter(of -> of.log() == log)
                .map(LogIdentity.CopyOf::sharedEvents)
                .orElse(NOTHING);
    }

    @Override
    public long first() {
        synchronized (lock) {
            return mark.first();
        }
    }

    @Override
    public long last() {
        synchronized (lock) {
            return mark.last();
        }
    }

    @Override
    public List<AlertEvent> after(long number, int max) {
        synchronized (lock) {
            AlertEvent oldest = tail.peekFirst();
            if (oldest == null || number >= mark.last()) {
                return List.of();
            }
            if (number + 1 >= oldest.number()) {
                return tail.stream()
                        .filter(event -> event.number() > number)
                        .limit(max)
                        .toList();
            }
        }
        return rows.events(number + 1, max);
    }

    @Override
    public Snapshot snapshot(String tenant) {
        synchronized (lock) {
            return new Snapshot(book.unresolved(tenant), mark.last());
        }
    }

    @Override
    public List<String> tenants() {
        synchronized (lock) {
            return book.tenants();
        }
    }

    @Override
    public Optional<Told> told() {
        return rows.told();
    }

    @Override
    public void told(Told newest) {
        try (WriteBatch batch = new WriteBatch()) {
            rows.told(batch, newest);
            store.write(batch);
        }
    }

    @Override
    public Subscription onAppend(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<Alert> alerts(String tenant) {
        synchronized (lock) {
            return book.all(tenant);
        }
    }

    @Override
    public Optional<Alert> find(String tenant, String alertId) {
        synchronized (lock) {
            return book.find(tenant, alertId);
        }
    }

    @Override
    public List<AlertEvent> eventsOf(String tenant, String alertId) {
        return find(tenant, alertId).map(alert -> rows.chain(alert.lastEvent())).orElse(List.of());
    }

    @Override
    public int firing(String tenant) {
        synchronized (lock) {
            return book.firing(tenant);
        }
    }
}
