/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.PartitionStatus;
import io.tocsin.collector.partition.RecordingStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A partition of fakes. Its engine has applied whatever it is asked for, up to {@link #appliedThrough}. */
public final class FakePartition implements Partition {
    private final int number;
    private volatile Optional<RecordingStatus> recording;
    private final FakeIntake intake;
    private final FakeSeries series = new FakeSeries();
    private final FakeEvents events = new FakeEvents();
    private final FakeRules rules = new FakeRules();
    private volatile long appliedThrough = Long.MAX_VALUE;
    private volatile String problem = "";
    private volatile boolean publishesOnce;
    private final AtomicLong publications = new AtomicLong();

    FakePartition(int number, Optional<RecordingStatus> recording) {
        this.number = number;
        this.recording = recording;
        this.intake = new FakeIntake(number);
    }

    public void appliedThrough(long offset) {
        appliedThrough = offset;
    }

    /** The engine stands still. */
    public void problem(String why) {
        problem = why;
    }

    public void recorded(long firstMillis, long lastMillis, long records) {
        recording = recording.map(
                r -> new RecordingStatus(r.name(), r.createdMillis(), firstMillis, lastMillis, records, true));
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Optional<RecordingStatus> recording() {
        return recording;
    }

    @Override
    public FakeIntake intake() {
        return intake;
    }

    @Override
    public FakeSeries series() {
        return series;
    }

    @Override
    public FakeEvents alerts() {
        return events;
    }

    @Override
    public FakeEvents events() {
        return events;
    }

    @Override
    public FakeRules rules() {
        return rules;
    }

    @Override
    public PartitionStatus status() {
        return new PartitionStatus(9, 8, ManualClock.NOON, 7, 6, Map.of("alive", 2, "lost", 1), problem);
    }

    @Override
    public long publication() {
        return publications.get();
    }

    /** As if nobody had asked since the last one. */
    public void publishOnlyOnce(boolean once) {
        publishesOnce = once;
    }

    @Override
    public CompletableFuture<Void> published(long offset) {
        if (!publishesOnce) {
            publications.incrementAndGet();
        }
        if (!problem.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException(problem));
        }
        return offset <= appliedThrough ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    }
}
