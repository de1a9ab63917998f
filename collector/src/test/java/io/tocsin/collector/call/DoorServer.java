/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.MetadataUtils;
import io.tocsin.collector.security.TenantByHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Doors behind a real port on the loopback, and channels to it. */
public final class DoorServer implements AutoCloseable {
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-call");
        thread.setDaemon(true);
        return thread;
    });
    private final Server server;
    private final List<ManagedChannel> channels = new ArrayList<>();

    /** Makes a door that answers on the server's executor. */
    public interface Door {
        BindableService open(ExecutorService executor);
    }

    public DoorServer(int maxMessageBytes, Door... doors) {
        this(new TenantByHeader(), maxMessageBytes, doors);
    }

    public DoorServer(ServerInterceptor tenants, int maxMessageBytes, Door... doors) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .maxInboundMessageSize(maxMessageBytes)
                .executor(executor)
                .intercept(tenants)
                .addService(ProtoReflectionServiceV1.newInstance());
        for (Door door : doors) {
            builder.addService(door.open(executor));
        }
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** A connection of its own. */
    public synchronized Channel channel() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel;
    }

    /** A connection whose calls carry the header that names the tenant. */
    public Channel channel(String tenant) {
        Metadata headers = new Metadata();
        headers.put(TenantByHeader.HEADER, tenant);
        ClientInterceptor header = MetadataUtils.newAttachHeadersInterceptor(headers);
        return ClientInterceptors.intercept(channel(), header);
    }

    @Override
    public synchronized void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }
}
