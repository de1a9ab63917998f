/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Intake;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.partition.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A way in that keeps what comes and answers at once, or when told to. Thread-safe. */
public final class FakeIntake implements Intake {
    private record Sequence(ProducerKey key, long sequence) {}

    private record Held(CheckedBatch batch, Answers answers) {}

    private final int partition;
    private final List<CheckedBatch> batches = new ArrayList<>();
    private final List<Entry.Definitions> definitions = new ArrayList<>();
    private final List<ProducerKey> heard = new ArrayList<>();
    private final List<ProducerKey> goodbyes = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private final Map<Sequence, Long> hashes = new HashMap<>();
    private final Map<Sequence, Answer> answersGiven = new HashMap<>();
    private final Map<ProducerKey, Long> acceptedThrough = new HashMap<>();
    private long offset;
    private boolean full;
    private String fullDisk = "";
    private boolean broken;
    private boolean holding;
    private Consumer<Entry> onCommand = command -> {};

    FakeIntake(int partition) {
        this.partition = partition;
    }

    public synchronized void full(boolean isFull) {
        full = isFull;
    }

    public synchronized void broken(boolean isBroken) {
        broken = isBroken;
    }

    /** Answers wait for {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    public synchronized void release() {
        holding = false;
        while (!held.isEmpty()) {
            Held next = held.remove();
            answer(next.batch(), next.answers());
        }
    }

    public synchronized void acceptedThrough(ProducerKey producer, long sequence) {
        acceptedThrough.put(producer, sequence);
    }

    public synchronized void onCommand(Consumer<Entry> applied) {
        onCommand = applied;
    }

    @Override
    public synchronized String full() {
        return fullDisk;
    }

    /** Not even looked at. */
    public synchronized void fullDisk(String why) {
        fullDisk = why;
        full = !why.isEmpty();
    }

    @Override
    public synchronized boolean submit(CheckedBatch batch, Answers answers) {
        if (full) {
            return false;
        }
        order.add("batch " + batch.sequence());
        batches.add(batch);
        if (holding) {
            held.add(new Held(batch, answers));
        } else {
            answer(batch, answers);
        }
        return true;
    }

    private void answer(CheckedBatch batch, Answers answers) {
        if (broken) {
            answers.failed(batch.sequence(), "the disk is gone");
            return;
        }
        Sequence sequence = new Sequence(batch.key(), batch.sequence());
        Answer before = batch.sequence() == 0 ? null : answersGiven.get(sequence);
        if (before != null && hashes.get(sequence) != batch.contentHash()) {
            answers.conflicting(batch.sequence());
        } else if (before != null) {
            answers.accepted(new Answer(before.sequence(), before.position(), true, before.rejections()));
        } else {
            Answer answer = new Answer(batch.sequence(), new Position(partition, ++offset), false, batch.rejections());
            hashes.put(sequence, batch.contentHash());
            answersGiven.put(sequence, answer);
            answers.accepted(answer);
        }
    }

    @Override
    public synchronized boolean define(Entry.Definitions defined) {
        if (full) {
            return false;
        }
        order.add("definitions");
        definitions.add(defined);
        offset++;
        return true;
    }

    @Override
    public synchronized void heard(ProducerKey producer) {
        heard.add(producer);
    }

    @Override
    public synchronized CompletableFuture<Position> goodbye(ProducerKey producer) {
        goodbyes.add(producer);
        return CompletableFuture.completedFuture(new Position(partition, ++offset));
    }

    @Override
    public synchronized void refused(String tenant) {
        refused.add(tenant);
    }

    @Override
    public synchronized CompletableFuture<Position> command(Entry command) {
        onCommand.accept(command);
        return CompletableFuture.completedFuture(new Position(partition, ++offset));
    }

    /** Where the next entry will be. */
    public synchronized long nextOffset() {
        return offset + 1;
    }

    @Override
    public synchronized long acceptedThrough(ProducerKey producer) {
        return acceptedThrough.getOrDefault(producer, 0L);
    }

    public synchronized List<CheckedBatch> batches() {
        return List.copyOf(batches);
    }

    public synchronized List<Entry.Definitions> definitions() {
        return List.copyOf(definitions);
    }

    public synchronized List<ProducerKey> heardOf() {
        return List.copyOf(heard);
    }

    public synchronized List<ProducerKey> goodbyes() {
        return List.copyOf(goodbyes);
    }

    public synchronized List<String> refusedTenants() {
        return List.copyOf(refused);
    }

    /** "definitions" and "batch N" as they came. */
    public synchronized List<String> order() {
        return List.copyOf(order);
    }
}
