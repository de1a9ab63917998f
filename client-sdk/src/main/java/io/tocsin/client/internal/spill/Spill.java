/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import io.tocsin.client.internal.catalog.DefinitionSource;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches on disk until they are answered. First it hands out what former incarnations left, each under its own identity, oldest first; then what this one
 * appends. What the disk does not take is its caller's to keep: nothing throws, and a disk that failed is tried again after a second. Confined to the
 * sender's thread.
 */
public final class Spill {
    private static final long RETRY_NANOS = 1_000_000_000;

    private final SpillSettings settings;
    private final DefinitionSource catalog;
    private final InstantSource clock;
    private final LongSupplier ticks;
    private final Consumer<String> report;
    private final SpillDirectory directory;
    private final ArrayDeque<Incarnation> former = new ArrayDeque<>();

    private Identity identity;
    private @Nullable Incarnation own;
    private @Nullable SpillWriter writer;
    private String problem = "";
    private boolean failed;
    private long failedNanos;

    private long restored;
    private long full;
    private long expired;
    private long unreadable;
    private long damagedBatches;
    private long tornTails;
    /** Of incarnations that are done with. */
    private long unreadableBefore;

    /**
     * @param identity of this incarnation; its epoch is raised if a former one of the same producer had it or a later one
     * @param report told of trouble, in words
     */
    public Spill(
            SpillSettings settings,
            Identity identity,
            DefinitionSource catalog,
            InstantSource clock,
            LongSupplier ticks,
            Consumer<String> report) {
        this.settings = settings;
        this.identity = identity;
        this.catalog = catalog;
        this.clock = clock;
        this.ticks = ticks;
        this.report = report;
        this.directory = new SpillDirectory(settings.directory());
    }

    /** Takes over what nobody holds, and begins an incarnation of its own. Reads all that is there. */
    public void open() {
        try {
            for (HeldDirectory home : directory.takeOver(Instant.ofEpochMilli(clock.millis()), report)) {
                takeOver(home);
            }
        } catch (IOException | RuntimeException e) {
            fail("what is in " + settings.directory() + " cannot be taken over", e);
        }
        begin();
    }

    private void takeOver(HeldDirectory home) {
        Recovery recovery = new Recovery(home, clock.millis(), ticks.getAsLong(), report);
        try {
            Incarnation left = recovery.read();
            if (left == null) {
                return;
            }
            former.add(left);
            restored += left.batches.waitingRows() + recovery.lostRows();
            unreadable += recovery.lostRows();
            damagedBatches += recovery.lostBatches();
            tornTails += recovery.tornTails();
            Identity its = left.identity;
            if (its.producer().equals(identity.producer()) && its.epoch() >= identity.epoch()) {
                identity = new Identity(identity.producer(), its.epoch() + 1, identity.recording());
            }
        } catch (IOException | RuntimeException e) {
            report.accept(home.path + " cannot be read, is left alone: " + e);
            home.letGo();
        }
    }

    private void begin() {
        HeldDirectory home = null;
        try {
            home = directory.make(identity.epoch());
            Incarnation begun = new Incarnation(
                    identity, catalog, new SegmentQueue(0), home, new AnswerMark(home.path.resolve(Incarnation.MARK)));
            writer = new SpillWriter(begun, settings, catalog);
            own = begun;
            problem = "";
            failed = false;
        } catch (IOException | RuntimeException e) {
            if (home != null) {
                home.delete();
            }
            fail("there is no spill in " + settings.directory(), e);
        }
    }

    private void fail(String what, Exception cause) {
        problem = what + ": " + cause;
        failed = true;
        failedNanos = ticks.getAsLong();
        report.accept(problem + "; batches are kept in memory only until it can be written");
    }

    /** Whether what {@link #next} hands out is of a former incarnation. */
    public boolean isDraining() {
        return !former.isEmpty();
    }

    /** Whose batches {@link #next} hands out. */
    public Identity identity() {
        Incarnation first = former.peek();
        return first == null ? identity : first.identity;
    }

    /** What their ids mean. */
    public DefinitionSource definitions() {
        Incarnation first = former.peek();
        return first == null ? catalog : first.definitions;
    }

    private @Nullable Incarnation current() {
        Incarnation first = former.peek();
        return first == null ? own : first;
    }

    /** Whether a batch may be appended now: there is room, or room can be made, and the disk works as far as is known. */
    public boolean canTake() {
        long now = ticks.getAsLong();
        if (failed && now - failedNanos < RETRY_NANOS) {
            return false;
        }
        if (own == null) {
            begin();
        }
        if (own == null) {
            return false;
        }
        while (settings.dropOldest() && bytes() >= settings.maxBytes()) {
            Incarnation victim = firstToDrop();
            if (victim == null) {
                break;
            }
            full += dropOldest(victim);
        }
        return bytes() < settings.maxBytes();
    }

    private @Nullable Incarnation firstToDrop() {
        for (Incarnation one : former) {
            if (one.batches.hasWaiting()) {
                return one;
            }
        }
        return own != null && own.batches.hasWaiting() ? own : null;
    }

    private long dropOldest(Incarnation of) {
        SpillWriter writing = writer;
        if (writing != null && writing.writesTo(of.batches.nextToDrop())) {
            writing.endSegment();
        }
        return of.batches.dropOldest();
    }

    /**
     * Appends a batch of this incarnation; false if it could not be written, and the caller must keep it.
     *
     * @param handedOut whether the caller has it in flight already; allowed if none waits
     */
    public boolean append(SpilledBatch batch, boolean handedOut) {
        SpillWriter writing = writer;
        if (writing == null) {
            return false;
        }
        try {
            writing.write(batch, clock.millis(), ticks.getAsLong(), handedOut);
            failed = false;
            problem = "";
            return true;
        } catch (IOException | RuntimeException e) { // the host's clock may throw
            fail("a batch cannot be written to " + settings.directory(), e);
            return false;
        }
    }

    /** Whether batches of the current identity wait to be handed out. */
    public boolean hasWaiting() {
        Incarnation current = current();
        return current != null && current.batches.hasWaiting();
    }

    /** Hands out the oldest batch of the current identity that waits; null if none can be. */
    public @Nullable SpilledBatch next() {
        Incarnation current = current();
        return current == null ? null : current.batches.next();
    }

    /** Every batch of the current identity up to this was handed out, or is gone. */
    public long handedOutThrough() {
        Incarnation current = current();
        return current == null ? Long.MAX_VALUE : current.batches.handedOutThrough();
    }

    /** Whether that batch, appended or handed out under the current identity, is on disk still. */
    public boolean holds(long sequence) {
        Incarnation current = current();
        return current != null && sequence > current.batches.droppedThrough();
    }

    /** All batches of the current identity up to that sequence are answered. */
    public void answered(long through) {
        Incarnation current = current();
        try {
            if (current != null) {
                current.answered(through);
            }
        } catch (IOException e) {
            fail("what is answered cannot be written to " + settings.directory(), e);
        }
    }

    /** Drops what is too old. */
    public void expire() {
        long now = ticks.getAsLong();
        for (Incarnation one : former) {
            expire(one, now);
        }
        if (own != null) {
            expire(own, now);
        }
    }

    private void expire(Incarnation one, long now) {
        Segment next = one.batches.nextToDrop();
        while (next != null && now - next.newestNanos > settings.maxAge().toNanos()) {
            expired += dropOldest(one);
            next = one.batches.nextToDrop();
        }
    }

    /** All of the current, former identity is answered: removes it and goes on to the next. */
    public void endFormer() {
        Incarnation drained = former.remove();
        unreadableBefore += drained.batches.unreadableRows();
        damagedBatches += drained.batches.unreadableBatches();
        drained.delete();
    }

    /**
     * Ends this incarnation. What is on disk stays for a later start.
     *
     * @param ownIsAnswered all that was handed out of it
     */
    public void close(boolean ownIsAnswered) {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        if (own != null) {
            if (ownIsAnswered && !own.batches.hasWaiting()) {
                own.delete();
            } else {
                own.letGo();
            }
        }
        former.forEach(Incarnation::letGo);
    }

    private long bytes() {
        long sum = 0;
        for (Incarnation one : former) {
            sum += one.batches.bytes();
        }
        if (own != null && writer != null) {
            sum += own.batches.bytes() + writer.definitionBytes();
        }
        return sum;
    }

    public SpillCounts counts() {
        long waiting = 0;
        long lost = unreadable + unreadableBefore;
        long lostBatches = damagedBatches;
        for (Incarnation one : former) {
            waiting += one.batches.waitingRows();
            lost += one.batches.unreadableRows();
            lostBatches += one.batches.unreadableBatches();
        }
        if (own != null) {
            waiting += own.batches.waitingRows();
            lost += own.batches.unreadableRows();
            lostBatches += own.batches.unreadableBatches();
        }
        return new SpillCounts(restored, waiting, full, expired, lost, lostBatches, tornTails, bytes(), problem);
    }
}
