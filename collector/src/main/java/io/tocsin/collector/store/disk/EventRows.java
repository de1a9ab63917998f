/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.store.EventLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rocksdb.WriteBatch;

/**
 * Rows of events and alerts. An event's row begins with the number of the same alert's event before it, so that an alert's history is a chain from its last event
 * back. Thread-safe.
 */
final class EventRows {
    private static final byte[] TOLD = Bytes.ascii("told");

    private final StoreDatabase store;

    EventRows(StoreDatabase store) {
        this.store = store;
    }

    EventMark mark() {
        byte[] known = store.get(Family.META, EventMark.KEY);
        return known == null ? EventMark.NONE : EventMark.read(known);
    }

    void mark(WriteBatch batch, EventMark mark) {
        store.put(batch, Family.META, EventMark.KEY, mark.bytes());
    }

    Optional<EventLog.Told> told() {
        byte[] known = store.get(Family.META, TOLD);
        return known == null
                ? Optional.empty()
                : Optional.of(Bytes.read(known, in -> new EventLog.Told(in.readLong(), in.readLong())));
    }

    void told(WriteBatch batch, EventLog.Told told) {
        store.put(batch, Family.META, TOLD, Bytes.of(out -> {
            out.writeLong(told.number());
            out.writeLong(told.atMillis());
        }));
    }

    /** @param before number of the same alert's event before it, 0 if it is the first */
    void put(WriteBatch batch, AlertEvent event, long before) {
        byte[] bytes = EventCodec.bytes(event);
        store.put(
                batch,
                Family.EVENTS,
                Bytes.ofLong(event.number()),
                ByteBuffer.allocate(Long.BYTES + bytes.length)
                        .putLong(before)
                        .put(bytes)
                        .array());
        store.put(batch, Family.ALERTS, key(event.alert()), EventCodec.bytes(event.alert()));
    }

    void delete(WriteBatch batch, Alert alert) {
        store.delete(batch, Family.ALERTS, key(alert));
    }

    void deleteBefore(WriteBatch batch, long number) {
        store.deleteRange(batch, Family.EVENTS, Bytes.ofLong(0), Bytes.ofLong(number));
    }

    private static byte[] key(Alert alert) {
        return Bytes.of(out -> {
            Bytes.text(out, alert.tenant());
            Bytes.text(out, alert.id());
        });
    }

    /** All alerts that are kept, oldest change first. */
    List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        store.scan(Family.ALERTS, new byte[0], new byte[] {-1}, (key, value) -> alerts.add(EventCodec.alert(value)));
        alerts.sort(Comparator.comparingLong(Alert::lastEvent));
        return alerts;
    }

    /** At most so many, oldest first. */
    List<AlertEvent> events(long fromNumber, int max) {
        List<AlertEvent> events = new ArrayList<>();
        if (max > 0) {
            store.scan(Family.EVENTS, Bytes.ofLong(fromNumber), Bytes.ofLong(Long.MAX_VALUE), (key, value) -> {
                events.add(event(value));
                return events.size() < max;
            });
        }
        return events;
    }

    /** How many of the newest events are of the entry that the mark names. */
    long countOfEntry(EventMark mark) {
        long number = mark.last();
        while (number >= mark.first()) {
            byte[] row = store.get(Family.EVENTS, Bytes.ofLong(number));
            if (row == null || event(row).position().offset() != mark.offset()) {
                break;
            }
            number--;
        }
        return mark.last() - number;
    }

    /** Events of one alert from its last one back, oldest first, as far as they are kept. */
    List<AlertEvent> chain(long lastNumber) {
        List<AlertEvent> events = new ArrayList<>();
        long number = lastNumber;
        while (number > 0) {
            byte[] row = store.get(Family.EVENTS, Bytes.ofLong(number));
            if (row == null) {
                break;
            }
            events.add(0, event(row));
            number = Bytes.toLong(row);
        }
        return events;
    }

    /** Whether that very event is stored; empty if it is not kept any more. */
    Optional<Boolean> has(AlertEvent event) {
        byte[] row = store.get(Family.EVENTS, Bytes.ofLong(event.number()));
        return row == null
                ? Optional.empty()
                : Optional.of(
                        ByteBuffer.wrap(row).position(Long.BYTES).equals(ByteBuffer.wrap(EventCodec.bytes(event))));
    }

    /** Number of the first event from there on that is not older than that. */
    long firstSince(long fromNumber, long endNumber, long atMillis) {
        long[] first = {endNumber};
        store.scan(Family.EVENTS, Bytes.ofLong(fromNumber), Bytes.ofLong(endNumber), (key, value) -> {
            boolean older = ByteBuffer.wrap(value).getLong(Long.BYTES) < atMillis;
            first[0] = older ? first[0] : Bytes.toLong(key);
            return older;
        });
        return first[0];
    }

    private static AlertEvent event(byte[] row) {
        return EventCodec.event(java.util.Arrays.copyOfRange(row, Long.BYTES, row.length));
    }
}
