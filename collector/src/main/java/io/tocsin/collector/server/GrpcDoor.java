/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The gRPC server with all services, reflection and health. Limits that grpc-java leaves open are closed: calls and resets of one
 * connection, time for a handshake, idle connections. Flow control windows are left to adapt themselves. Thread-safe.
 */
final class GrpcDoor {
    private static final int MAX_CALLS_PER_CONNECTION = 100;
    private static final int MAX_RESETS = 200;
    private static final int RESETS_WINDOW_SECONDS = 30;
    private static final int HANDSHAKE_SECONDS = 10;
    private static final int IDLE_MINUTES = 30;
    /** A client that died without a word is noticed after this and the timeout. */
    private static final int PING_SECONDS = 30;

    private static final int PING_TIMEOUT_SECONDS = 10;
    private static final int CLIENT_PING_SECONDS = 5;
    /** Streams of producers and subscribers have no end of their own, so this much is always waited while any is open. */
    private static final long CLOSE_MILLIS = 500;

    private final Server server;
    private final HealthStatusManager health = new HealthStatusManager();
    private final List<String> healthNames = new ArrayList<>();

    /**
     * Listens at once; not healthy until told.
     *
     * @param around called before {@code tenant}
     * @throws IOException if it cannot listen there
     */
    GrpcDoor(
            InetSocketAddress address,
            int maxMessageBytes,
            Executor executor,
            ServerInterceptor tenant,
            List<ServerInterceptor> around,
            List<BindableService> services)
            throws IOException {
        healthNames.add(HealthStatusManager.SERVICE_NAME_ALL_SERVICES);
        services.forEach(
                s -> healthNames.add(s.bindService().getServiceDescriptor().getName()));
        healthy(false);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .executor(executor)
                .intercept(tenant)
                .maxInboundMessageSize(maxMessageBytes)
                .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                .maxRstFramesPerWindow(MAX_RESETS, RESETS_WINDOW_SECONDS)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
                .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(CLIENT_PING_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        // the one added last is called first
        around.forEach(builder::intercept);
        services.forEach(builder::addService);
        server = builder.addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(olderReflection())
                .build()
                .start();
    }

    /** Some clients, Python's among them, still ask for v1alpha only. */
    @SuppressWarnings("deprecation")
    private static BindableService olderReflection() {
        return ProtoReflectionService.newInstance();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getListenSockets().get(0);
    }

    /** Tells the standard health service, for all services alike. */
    void healthy(boolean healthy) {
        ServingStatus status = healthy ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        healthNames.forEach(name -> health.setStatus(name, status));
    }

    /** Takes no more calls; those that are open may end within half a second. */
    void close() {
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
