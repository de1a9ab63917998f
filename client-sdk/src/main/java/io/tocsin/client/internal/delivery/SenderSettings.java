/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.grpc.ManagedChannel;
import io.tocsin.client.AckListener;
import io.tocsin.client.internal.spill.SpillSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the sender is told.
 *
 * @param endpoints host:port each, one or more, used in rotation
 * @param producer identity, 1 to 64 characters
 * @param epoch grows when the same producer starts anew
 * @param recording name of the recording to send into; empty for live
 * @param maxBatchRecords records in one batch, unless the collector takes fewer
 * @param maxBatchDelay how long a record waits for others
 * @param maxInFlightBatches batches sent and not answered
 * @param clock wall clock of heartbeats
 * @param ackListener hears of acks
 * @param patience waits
 * @param channels opens a channel to an endpoint
 * @param spill where batches are kept on disk; null: nowhere
 */
public record SenderSettings(
        List<String> endpoints,
        String producer,
        long epoch,
        String recording,
        int maxBatchRecords,
        Duration maxBatchDelay,
        int maxInFlightBatches,
        InstantSource clock,
        AckListener ackListener,
        Patience patience,
        Function<String, ManagedChannel> channels,
        @Nullable SpillSettings spill) {}
