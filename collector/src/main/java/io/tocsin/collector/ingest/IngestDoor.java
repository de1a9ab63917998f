/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.security.Tenant;
import io.tocsin.collector.trace.Traces;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.StreamResponse;
import io.tocsin.wire.StreamFrame;
import io.tocsin.wire.StreamMethod;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * {@code IngestService}. Batches of a stream arrive as their own bytes, which are decoded in place and go to the journal as they came;
 * all else is ordinary generated code, and reflection sees the ordinary schema. Thread-safe.
 */
public final class IngestDoor implements BindableService {
    private final Partitions partitions;
    private final IngestSettings settings;
    private final IngestCounters counters;
    private final InstantSource clock;
    private final Executor executor;
    private final KnownProducers producers;
    private final PushDoor push;
    private final Traces traces;

    /** @param executor runs what answers callers, so that the journal's thread need not */
    @Inject
    public IngestDoor(
            Partitions partitions,
            IngestSettings settings,
            IngestCounters counters,
            InstantSource clock,
            Executor executor,
            Traces traces) {
        this.partitions = partitions;
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        this.executor = executor;
        this.producers = new KnownProducers(counters);
        this.traces = traces;
        this.push = new PushDoor(partitions, settings, counters, clock, executor, traces);
    }

    /** A door of whose batches nobody hears. */
    public IngestDoor(
            Partitions partitions,
            IngestSettings settings,
            IngestCounters counters,
            InstantSource clock,
            Executor executor) {
        this(partitions, settings, counters, clock, executor, Traces.NONE);
    }

    /** What producers' ids mean by the journal of a partition. Before the first call. */
    public void recover(int partition, List<Entry.Definitions> definitions) {
        definitions.forEach(one -> producers.recover(partition, one));
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServiceDescriptor generated = IngestServiceGrpc.getServiceDescriptor();
        ServiceDescriptor descriptor = ServiceDescriptor.newBuilder(generated.getName())
                .setSchemaDescriptor(generated.getSchemaDescriptor())
                .addMethod(StreamMethod.descriptor())
                .addMethod(IngestServiceGrpc.getPushMethod())
                .build();
        return ServerServiceDefinition.builder(descriptor)
                .addMethod(StreamMethod.descriptor(), ServerCalls.asyncBidiStreamingCall(this::openStream))
                .addMethod(IngestServiceGrpc.getPushMethod(), ServerCalls.asyncUnaryCall(push::push))
                .build();
    }

    private StreamObserver<StreamFrame> openStream(StreamObserver<StreamResponse> producer) {
        var caller = (ServerCallStreamObserver<StreamResponse>) producer;
        return new IngestStream(
                Tenant.current(),
                partitions,
                producers,
                settings,
                counters,
                clock,
                caller,
                new StreamAnswers(caller, executor),
                traces);
    }
}
