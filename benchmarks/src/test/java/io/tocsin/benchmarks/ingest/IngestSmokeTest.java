/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.server.Collector;
import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchDecoder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestSmokeTest {
    private final EncodedBatches batches = EncodedBatches.random(3, 100, 20, 7);

    @Test
    void aBatchThatIsSentAgainHasANewSequenceAndTimeAndTheSameOutcomes() throws Exception {
        BatchColumns first = decode(batches.batch(2, 1_700_000_000_000L));
        BatchColumns again = decode(batches.batch(5, 1_700_000_000_123L));

        assertThat(first.sequence()).isEqualTo(2);
        assertThat(again.sequence()).isEqualTo(5);
        assertThat(again.outcomes()).isEqualTo(100);
        assertThat(again.value()).isEqualTo(first.value());
        assertThat(again.timeMillis()[0] - first.timeMillis()[0]).isEqualTo(123);
        assertThat(first.timeMillis()[99]).isEqualTo(1_700_000_000_002L);
    }

    @Test
    void theBareServerAcknowledgesAllBatches() throws Exception {
        try (BareServer server = BareServer.start()) {
            sendTo(server.port()).close();
        }
    }

    @Test
    void theCollectorTakesTheSameBatchesWithoutARejection(@TempDir Path folder) throws Exception {
        Map<String, String> settings = Map.of(
                "monitoring.grpc.port", "0",
                "monitoring.http.port", "0",
                "monitoring.in-memory", "true",
                "monitoring.plugins.dir", folder.toString());
        try (Collector collector = Collector.start(CollectorSettings.load(Optional.empty(), settings, Map.of()))) {
            ProducerConnection producer = sendTo(collector.grpc().port());
            producer.awaitApplied();
            producer.close();
        }
    }

    private ProducerConnection sendTo(int port) throws InterruptedException {
        ProducerConnection producer =
                new ProducerConnection(port, new OrchestratorSeries(20), batches, 8, InstantSource.system());
        for (int i = 0; i < 50; i++) {
            producer.sendBatch();
        }
        producer.awaitAnswers();
        assertThat(producer.sent()).isEqualTo(50);
        return producer;
    }

    private static BatchColumns decode(byte[] bytes) throws Exception {
        BatchColumns columns = new BatchColumns();
        new BatchDecoder().decode(bytes, 0, bytes.length, columns);
        return columns;
    }
}
