/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.plugin.PluginJar;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.ListPluginsRequest;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.Plugin;
import io.tocsin.v1.PushRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector that somebody else built, from its jar to its alert, over a real port. */
class PluggedDetectorTest {
    /** Judges each record by its own version of a library that the collector has, too. */
    private static final String DETECTOR = """
            package plugged;
            import com.google.common.base.Strings;
            import io.tocsin.detectors.*;
            public class Slow implements Detector {
              private final double limit;
              Slow(double limit) { this.limit = limit; }
              public void observe(Records records, Findings findings) {
                for (int row = 0; row < records.size(); row++) {
                  findings.judge(0, "slow", records.value(row) / limit)
                      .compared(records.value(row), 0, limit, "s")
                      .label("library", Strings.marker())
                      .text("took {observed}, allowed are {high}; says {library}");
                }
              }
              public void save(java.io.DataOutput out) {}
              public void restore(int format, java.io.DataInput in) {}
            }
            """;

    private static final String FACTORY = """
            package plugged;
            import io.tocsin.detectors.*;
            import java.util.List;
            public class SlowFactory implements DetectorFactory {
              static final Parameter<Double> LIMIT = Parameter.decimal("limit", "seconds allowed").above(0.0).withUnit("s");
              public String name() { return "slow-record"; }
              public String summary() { return "A record took too long."; }
              public List<Input> inputs() { return List.of(Input.records("requests", "that should be quick")); }
              public List<Parameter<?>> parameters() { return List.of(LIMIT); }
              public Detector create(Parameters p) { return new Slow(p.get(LIMIT)); }
            }
            """;

    private static final String RULE = """
            monitoring:
              default-rules: false
              rules:
                - {name: quick, detector: slow-record, select: {metric: gen_ai.workflow.duration}, parameters: {limit: 2}}
            """;

    @TempDir
    Path folder;

    @Test
    void isLoadedConfiguredAndListedAndRaisesAnAlert() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        new PluginJar()
                .service("plugged.SlowFactory")
                .source("plugged.SlowFactory", FACTORY)
                .source("plugged.Slow", DETECTOR)
                .source("com.google.common.base.Strings", """
                        package com.google.common.base;
                        public class Strings { public static String marker() { return "the plugin's own"; } }
                        """)
                .version("3.1")
                .writeTo(plugins.resolve("slow").resolve("slow.jar"));
        Path file = Files.writeString(folder.resolve("collector.yaml"), RULE);
        CollectorSettings settings = CollectorSettings.load(
                Optional.of(file),
                Map.of(
                        "monitoring.grpc.port", "0",
                        "monitoring.http.port", "0",
                        "monitoring.in-memory", "true",
                        "monitoring.plugins.dir", plugins.toString()),
                Map.of());

        try (Collector collector = Collector.start(settings)) {
            ManagedChannel channel = ManagedChannelBuilder.forTarget(
                            collector.grpc().toString())
                    .usePlaintext()
                    .build();
            try {
                push(channel, 5);

                await().until(() -> !alerts(channel).isEmpty());
                assertThat(alerts(channel)).singleElement().satisfies(alert -> {
                    assertThat(alert.getRule()).isEqualTo("quick");
                    assertThat(alert.getKind()).isEqualTo("slow");
                    assertThat(alert.getEvidence().getText())
                            .contains("took 5 s, allowed are 2 s; says the plugin's own");
                });
                assertThat(plugins(channel)).anySatisfy(plugin -> {
                    assertThat(plugin.getName()).isEqualTo("slow");
                    assertThat(plugin.getVersion()).isEqualTo("3.1");
                    assertThat(plugin.getDetectors(0).getName()).isEqualTo("slow-record");
                    assertThat(plugin.getDetectors(0).getParameters(0).getName())
                            .isEqualTo("limit");
                });
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static void push(ManagedChannel channel, long latencySeconds) {
        var response = IngestServiceGrpc.newBlockingStub(channel)
                .push(PushRequest.newBuilder()
                        .addOutcomes(OutcomeRow.newBuilder()
                                .setName("gen_ai.workflow.duration")
                                .setLatency(Duration.newBuilder().setSeconds(latencySeconds)))
                        .build());
        assertThat(response.getAccepted()).isEqualTo(1);
    }

    private static List<Alert> alerts(ManagedChannel channel) {
        return AlertServiceGrpc.newBlockingStub(channel)
                .list(ListRequest.getDefaultInstance())
                .getAlertsList();
    }

    private static List<Plugin> plugins(ManagedChannel channel) {
        return AdminServiceGrpc.newBlockingStub(channel)
                .listPlugins(ListPluginsRequest.getDefaultInstance())
                .getPluginsList();
    }
}
