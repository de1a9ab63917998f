/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.checkpoint.CheckpointFolder;
import io.tocsin.collector.checkpoint.CheckpointHeader;
import io.tocsin.collector.checkpoint.StateImage;
import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.engine.Engine;
import io.tocsin.collector.engine.EngineThread;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.WrittenBefore;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Takes checkpoints of a partition: copies its state into memory between two entries, on the engine's thread, and writes it to disk on a thread of its own. When the
 * last one is still being written, the next one waits for it.
 *
 * <p>What a start after a crash has to do is what the engine did since the last checkpoint, so the engine's work decides when the next one is due; but
 * it holds the engine for at most one part in {@value #TIME_FOR_HELD} of the time, however large the state.
 *
 * <p>Threads: a {@link EngineThread.Follower}'s methods are called on the engine's thread; all else is thread-safe.
 */
final class Checkpointer implements EngineThread.Follower, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Checkpointer.class.getName());
    /** What an entry other than a batch counts for. */
    private static final long CONTROL_BYTES = 64;

    private static final int TIME_FOR_HELD = 10;
    private static final long CLOSE_WAIT_SECONDS = 20;

    /** What has to happen to other things for a checkpoint. Called on the thread that writes. */
    interface Surroundings {
        /** Has on disk whatever else was derived from entries up to this one. */
        void flush(long offset) throws IOException;

        /** Entries up to this one are not needed for a start, and it is this late. Returns the first entry that is kept. */
        long trim(long neededAfter, long engineMillis) throws IOException;
    }

    private final int partition;
    private final String build;
    private final CheckpointSettings settings;
    private final Engine engine;
    private final WrittenBefore written;
    private final CheckpointFolder folder;
    private final Surroundings surroundings;
    private final StateImage image;
    private final LongSupplier workNanos;
    private final CheckpointCounters counters = new CheckpointCounters();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final ExecutorService thread;

    /** Confined to the engine's thread, as are the next ones. */
    private long bytes;

    private long engineMillis;
    private long takenMillis;
    private long takenOffset;
    private long takenWorkNanos;
    private long takenNanos;
    private long lastHeldNanos;
    private volatile boolean on;

    /**
     * @param engine whose entries it follows
     * @param written what a writer must know of the same entries
     * @param image memory for the state; nobody else uses it from here on
     * @param workNanos how long the thread that asks has worked, in time of its processor
     */
    Checkpointer(
            int partition,
            String build,
            CheckpointSettings settings,
            Engine engine,
            WrittenBefore written,
            CheckpointFolder folder,
            Surroundings surroundings,
            StateImage image,
            LongSupplier workNanos) {
        this.partition = partition;
        this.build = build;
        this.settings = settings;
        this.engine = engine;
        this.written = written;
        this.folder = folder;
        this.surroundings = surroundings;
        this.image = image;
        this.workNanos = workNanos;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "tocsin-checkpoint-" + partition);
            created.setDaemon(true);
            return created;
        });
    }

    /**
     * The engine goes on from this one. Before it starts.
     *
     * @param in its state
     */
    void resume(CheckpointHeader from, StateReader in) throws IOException {
        written.restore(in);
        takenMillis = from.engineMillis();
        takenOffset = from.offset();
        counters.engineMillis = takenMillis;
    }

    /** Takes them from here on: what was in the journal at the start has been applied. */
    void begin() {
        on = true;
    }

    CheckpointCounters counters() {
        return counters;
    }

    @Override
    public void applied(long offset, Entry entry) {
        written.read(offset, entry);
        bytes += entry instanceof Entry.Batch batch ? batch.bytes().length : CONTROL_BYTES;
        if (entry instanceof Entry.Tick tick) {
            engineMillis = tick.engineMillis();
            takenMillis = on && takenMillis == 0 ? engineMillis : takenMillis; // from the first tick on
            if (on && isDue() && writing.compareAndSet(false, true)) {
                take(offset);
            }
        }
    }

    private boolean isDue() {
        return bytes >= settings.afterBytes()
                || engineMillis - takenMillis >= settings.every().toMillis()
                || (workNanos.getAsLong() - takenWorkNanos
                                >= settings.afterWork().toNanos()
                        && System.nanoTime() - takenNanos >= TIME_FOR_HELD * lastHeldNanos);
    }

    /** A last one, so that the next start has nothing to apply. */
    @Override
    public void stopped(long offset) {
        if (on && offset > takenOffset && awaitWritten()) {
            take(offset);
        }
    }

    private boolean awaitWritten() {
        try {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_WAIT_SECONDS);
            while (!writing.compareAndSet(false, true)) {
                if (System.nanoTime() - until > 0) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@link #writing} is this one's. */
    private void take(long offset) {
        takenMillis = engineMillis;
        takenOffset = offset;
        bytes = 0;
        long begin = System.nanoTime();
        try {
            StateWriter out = new StateWriter(image);
            engine.save(out);
            written.save(out);
            out.end();
        } catch (RuntimeException e) { // the engine is as it was, and goes on
            failed("the state at entry " + offset + " cannot be copied", e);
            writing.set(false);
            return;
        } finally {
            takenWorkNanos = workNanos.getAsLong();
            takenNanos = System.nanoTime();
            lastHeldNanos = takenNanos - begin;
            counters.heldNanos.add(lastHeldNanos);
        }
        CheckpointHeader header = new CheckpointHeader(partition, offset, engineMillis, build);
        thread.execute(() -> write(header));
    }

    private void write(CheckpointHeader header) {
        long begin = System.nanoTime();
        try {
            surroundings.flush(header.offset());
            counters.bytes = folder.write(header, image);
            counters.engineMillis = header.engineMillis();
            counters.written.increment();
        } catch (IOException | RuntimeException e) {
            failed("the checkpoint of entry " + header.offset() + " cannot be written", e);
        } finally {
            counters.writeNanos.add(System.nanoTime() - begin);
            writing.set(false);
        }
        try {
            long neededAfter = folder.neededAfter();
            if (neededAfter > 0) {
                folder.forgetBefore(surroundings.trim(neededAfter, header.engineMillis()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(WARNING, "old files of the journal of partition " + partition + " cannot be removed", e);
        }
    }

    private void failed(String what, Exception e) {
        counters.failed.increment();
        LOG.log(WARNING, "partition " + partition + ": " + what + "; the checkpoints before are as they were", e);
    }

    /** Returns when the last one is written, after {@value #CLOSE_WAIT_SECONDS} s at most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(
                        WARNING,
                        "the last checkpoint of partition " + partition + " is not written after " + CLOSE_WAIT_SECONDS
                                + " s; the next start applies more of the journal");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
