/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.server.Collector;
import io.tocsin.collector.server.CollectorStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole collector on real ports, with the rules of a test and no others. */
public final class RecordingCollector implements AutoCloseable {
    public final Collector collector;
    private final List<ManagedChannel> channels = new ArrayList<>();

    /** @param rules in YAML */
    public RecordingCollector(Path folder, String rules) throws IOException, CollectorStartException {
        Map<String, String> settings = Map.of(
                "monitoring.grpc.port", "0",
                "monitoring.http.port", "0",
                "monitoring.in-memory", "true",
                "monitoring.default-rules", "false",
                "monitoring.plugins.dir",
                        Files.createDirectories(folder.resolve("plugins")).toString());
        Path file = Files.writeString(folder.resolve("collector.yaml"), "monitoring:\n  rules:\n" + rules.indent(4));
        collector = Collector.start(CollectorSettings.load(Optional.of(file), settings, Map.of()));
    }

    public Channel channel() {
        ManagedChannel channel = NettyChannelBuilder.forTarget(collector.grpc().toString())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
        channels.add(channel);
        return channel;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        collector.close();
    }
}
