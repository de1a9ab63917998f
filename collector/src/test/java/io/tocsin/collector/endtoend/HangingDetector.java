/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import io.grpc.Channel;
import io.tocsin.collector.plugin.PluginJar;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.MeasurementRow;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.SeriesKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin that hangs in the middle of a record, and with it the engine, for as long as a test wants. */
final class HangingDetector {
    /** What the plugin, whose classes are its own, can see of the test. */
    private static final String SWITCH = "tocsin.test.hang";

    static final String RULE = "- {name: hang, detector: hanging, select: {metric: hang}}\n";

    private static final String DETECTOR = """
            package hanging;
            import io.tocsin.detectors.*;
            public class Hanging implements Detector {
              public void observe(Records records, Findings findings) {
                while (Boolean.getBoolean("tocsin.test.hang")) {
                  java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
              }
              public void save(java.io.DataOutput out) {}
              public void restore(int format, java.io.DataInput in) {}
            }
            """;

    private static final String FACTORY = """
            package hanging;
            import io.tocsin.detectors.*;
            import java.util.List;
            public class HangingFactory implements DetectorFactory {
              public String name() { return "hanging"; }
              public String summary() { return "Hangs."; }
              public List<Input> inputs() { return List.of(Input.records("any", "that it hangs at")); }
              public List<Parameter<?>> parameters() { return List.of(); }
              public Detector create(Parameters p) { return new Hanging(); }
            }
            """;

    private HangingDetector() {}

    static void writePlugin(Path plugins) throws IOException {
        Path folder = plugins.resolve("hanging");
        Files.createDirectories(folder);
        new PluginJar()
                .service("hanging.HangingFactory")
                .source("hanging.HangingFactory", FACTORY)
                .source("hanging.Hanging", DETECTOR)
                .version("1")
                .writeTo(folder.resolve("hanging.jar"));
    }

    /** From now on the engine stands still in the plugin, until the answer is closed. */
    static Hang hang(Channel channel) {
        System.setProperty(SWITCH, "true");
        IngestServiceGrpc.newBlockingStub(channel)
                .push(PushRequest.newBuilder()
                        .addMeasurements(MeasurementRow.newBuilder()
                                .setName("hang")
                                .setKind(SeriesKind.SERIES_KIND_GAUGE)
                                .setValue(1))
                        .build());
        return () -> System.clearProperty(SWITCH);
    }

    /** Until it is closed. */
    interface Hang extends AutoCloseable {
        @Override
        void close();
    }
}
