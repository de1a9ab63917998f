/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The services as HTTP reaches them: the same objects behind the same interceptors as on gRPC's port, without a port. Messages are handed
 * over as they are, not written and read again; flow control and cancellation hold. Thread-safe.
 */
final class CallsWithinProcess {
    private static final long CLOSE_MILLIS = 500;

    private final Server server;
    private final ManagedChannel channel;

    CallsWithinProcess(
            Executor executor,
            ServerInterceptor tenant,
            List<ServerInterceptor> around,
            List<BindableService> services) {
        String name = InProcessServerBuilder.generateName();
        InProcessServerBuilder builder =
                InProcessServerBuilder.forName(name).executor(executor).intercept(tenant);
        around.forEach(builder::intercept);
        services.forEach(builder::addService);
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException("calls within the process cannot be served", e);
        }
        channel = InProcessChannelBuilder.forName(name).executor(executor).build();
    }

    Channel channel() {
        return channel;
    }

    /** Ends all calls; waits half a second at most. */
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
        try {
            server.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
