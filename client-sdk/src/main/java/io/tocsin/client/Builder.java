/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import io.grpc.ManagedChannel;
import io.tocsin.client.internal.delivery.Patience;
import io.tocsin.client.internal.delivery.PlaintextChannels;
import io.tocsin.client.internal.delivery.SenderSettings;
import io.tocsin.client.internal.spill.SpillSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link TocsinClient}. Methods throw {@link IllegalArgumentException} for what is not allowed: a client
 * that was built is fine. Not thread-safe.
 */
public final class Builder {
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_CLOSE = Duration.ofHours(1);
    private static final int EPOCHS_PER_MILLI = 1_000;
    private static final long SMALLEST_SPILL = 1L << 20;
    private static final long LARGEST_SPILL = 1L << 40;
    private static final Duration LONGEST_SPILL_AGE = Duration.ofDays(365);

    int maxQueuedRecords = 65_536;
    WhenFull whenFull = WhenFull.DROP_NEW;
    Duration closeTimeout = Duration.ofSeconds(5);
    InstantSource clock = InstantSource.system();

    @Nullable
    Tracing tracing;

    private List<String> endpoints = List.of("127.0.0.1:7317");
    private String producer = UUID.randomUUID().toString();
    private String recording = "";
    private int maxBatchRecords = 1_024;
    private Duration maxBatchDelay = Duration.ofMillis(100);
    private int maxInFlightBatches = 64;
    private AckListener ackListener = (sequence, records, nanosSinceSent) -> {};
    private Patience patience = Patience.USUAL;
    private Function<String, ManagedChannel> channels = PlaintextChannels::open;

    private @Nullable Path spillDirectory;
    private long maxSpillBytes = 256 << 20;
    private Duration maxSpillAge = Duration.ofHours(24);
    private boolean forceSpill;

    Builder() {}

    /** Where the collector is, as host:port; 127.0.0.1:7317 unless told otherwise. */
    public Builder endpoint(String hostAndPort) {
        return endpoints(hostAndPort);
    }

    /** Several collectors of one journal, used in turn whenever one fails. */
    public Builder endpoints(String... hostsAndPorts) {
        if (hostsAndPorts.length == 0) {
            throw new IllegalArgumentException("endpoints must be 1 or more, were 0");
        }
        for (String hostAndPort : hostsAndPorts) {
            PlaintextChannels.requireValid(hostAndPort);
        }
        endpoints = List.of(hostsAndPorts);
        return this;
    }

    /** Who sends, 1 to 64 characters; random unless told otherwise. Two clients at once must not share it. */
    public Builder producer(String name) {
        if (name.isEmpty() || name.length() > 64) {
            throw new IllegalArgumentException("producer must have 1 to 64 characters, was \"" + name + '"');
        }
        producer = name;
        return this;
    }

    /** Sends into the recording of that name, clocked by its records; empty, as it is at first, for live. */
    public Builder recording(String name) {
        recording = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Records that wait in memory at most, 2 to 16,777,216, rounded down to a power of two; 65,536 at first (64 B each). */
    public Builder maxQueuedRecords(int records) {
        maxQueuedRecords = requireRange("maxQueuedRecords", records, 2, 1 << 24);
        return this;
    }

    /** Records in one batch at most, 1 to 65,536; 1,024 at first. */
    public Builder maxBatchRecords(int records) {
        maxBatchRecords = requireRange("maxBatchRecords", records, 1, 65_536);
        return this;
    }

    /** How long a record waits for others to share a batch with, 1 ms to 1 min; 100 ms at first. */
    public Builder maxBatchDelay(Duration delay) {
        if (delay.compareTo(Duration.ofMillis(1)) < 0 || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("maxBatchDelay must be 1 ms to 1 min, was " + delay);
        }
        maxBatchDelay = delay;
        return this;
    }

    /** Batches that may be without an answer at once, 1 to 4,096; 64 at first. */
    public Builder maxInFlightBatches(int batches) {
        maxInFlightBatches = requireRange("maxInFlightBatches", batches, 1, 4_096);
        return this;
    }

    /** What happens when the queue is full; {@link WhenFull#DROP_NEW} at first. */
    public Builder whenFull(WhenFull policy) {
        whenFull = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** How long {@link TocsinClient#close()} may take, up to an hour; 5 s at first. */
    public Builder closeTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.compareTo(LONGEST_CLOSE) > 0) {
            throw new IllegalArgumentException("closeTimeout must be 0 to 1 h, was " + timeout);
        }
        closeTimeout = timeout;
        return this;
    }

    /**
     * Keeps every batch in files there until the collector has answered it, so that it outlives an outage of the collector and the death of this
     * process; nowhere at first. The next client with this directory sends first what former ones left, under their identity. Clients and
     * processes may share it. A directory that cannot be used costs a warning, and the client works as without: see {@link TocsinClient#spill()}.
     */
    public Builder spillDirectory(Path directory) {
        spillDirectory = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Bytes that the spill takes on disk at most, and one batch more: 1 MiB to 1 TiB, 256 MiB at first. When it is full, records wait in memory, and {@link
     * #whenFull} says what happens when there is no room either; with {@link WhenFull#DROP_OLDEST} the oldest file of the spill goes.
     */
    public Builder maxSpillBytes(long bytes) {
        if (bytes < SMALLEST_SPILL || bytes > LARGEST_SPILL) {
            throw new IllegalArgumentException(
                    "maxSpillBytes must be " + SMALLEST_SPILL + " to " + LARGEST_SPILL + ", was " + bytes);
        }
        maxSpillBytes = bytes;
        return this;
    }

    /** What has waited in the spill for longer is dropped, 1 s to 365 d; 24 h at first. Files go as a whole, up to a sixteenth of that later. */
    public Builder maxSpillAge(Duration age) {
        if (age.compareTo(Duration.ofSeconds(1)) < 0 || age.compareTo(LONGEST_SPILL_AGE) > 0) {
            throw new IllegalArgumentException("maxSpillAge must be 1 s to 365 d, was " + age);
        }
        maxSpillAge = age;
        return this;
    }

    /** Forces each batch to the disk before it is sent, so that it outlives a power loss too; not at first. The sender waits for the disk meanwhile. */
    public Builder forceSpill() {
        forceSpill = true;
        return this;
    }

    /** The wall clock of records and heartbeats; the system's at first. Must be thread-safe and quick. */
    public Builder clock(InstantSource wallClock) {
        clock = Objects.requireNonNull(wallClock, "wallClock");
        return this;
    }

    /** Where the current trace is asked for at every record, and spans of what is sent are made; nowhere at first. */
    public Builder tracing(Tracing library) {
        tracing = Objects.requireNonNull(library, "library");
        return this;
    }

    /** Hears of each acknowledgement. */
    public Builder ackListener(AckListener listener) {
        ackListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /** For tests: other waits. */
    Builder patience(Patience waits) {
        patience = waits;
        return this;
    }

    /** For tests: another way to reach an endpoint. */
    Builder channels(Function<String, ManagedChannel> opener) {
        channels = opener;
        return this;
    }

    /** Starts the client. It connects in the background; a collector that is away is no error. */
    public TocsinClient build() {
        // by the clock, so that it grows if the producer's name is used again; with a random part for two in one
        // millisecond
        long epoch = Math.max(0, clock.millis()) * EPOCHS_PER_MILLI + new SplittableRandom().nextInt(EPOCHS_PER_MILLI);
        SenderSettings settings = new SenderSettings(
                endpoints,
                producer,
                epoch,
                recording,
                maxBatchRecords,
                maxBatchDelay,
                maxInFlightBatches,
                clock,
                ackListener,
                patience,
                channels,
                spillDirectory == null
                        ? null
                        : new SpillSettings(
                                spillDirectory,
                                maxSpillBytes,
                                maxSpillAge,
                                forceSpill,
                                whenFull == WhenFull.DROP_OLDEST));
        return new TocsinClient(this, settings);
    }

    private static int requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
        }
        return value;
    }
}
