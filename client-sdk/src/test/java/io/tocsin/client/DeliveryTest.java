/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.v1.Attribute;
import io.tocsin.v1.Batch;
import io.tocsin.v1.OutcomeColumns;
import io.tocsin.v1.SeriesKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void sendsWhatWasRecorded() {
        Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
        try (var collector = new FakeCollector(FakeCollector.Conduct.KIND);
                var tocsin = TocsinClient.builder()
                        .endpoint(collector.endpoint())
                        .producer("me")
                        .recording("then")
                        .clock(() -> now)
                        .build()) {
            Outcomes calls = tocsin.outcomes("calls", Attributes.of("b", "2", "a", "1"));
            calls.record(Duration.ofMillis(120), Status.OK);
            calls.record(5_000_000, Status.ERROR, "rate_limited");
            calls.record(6_000_000, Status.CANCELLED);
            calls.record(7_000_000, Status.TIMED_OUT);
            calls.recordAt(1_000, 0.5, Status.ERROR, null);
            tocsin.counter("tokens", Attributes.empty()).increment(17);
            tocsin.gauge("depth", Attributes.empty()).setAt(2_000, -3);

            assertThat(tocsin.flush(SOON)).isTrue();

            assertThat(collector.batches()).hasSize(1);
            Batch batch = collector.batches().get(0);
            OutcomeColumns outcomes = batch.getOutcomes();
            assertThat(batch.getSequence()).isEqualTo(1);
            assertThat(batch.getBaseTimeMillis()).isEqualTo(now.toEpochMilli());
            assertThat(outcomes.getSeriesList()).containsExactly(0, 0, 0, 0, 0);
            assertThat(outcomes.getTimeDeltaMillisList()).containsExactly(0L, 0L, 0L, 0L, 1_000 - now.toEpochMilli());
            assertThat(outcomes.getLatencySecondsList()).containsExactly(0.12, 0.005, 0.006, 0.007, 0.5);
            assertThat(outcomes.getFailed().toByteArray()).containsExactly(0b11010);
            assertThat(outcomes.getErrorRowList()).containsExactly(1, 2, 3);
            assertThat(outcomes.getErrorTypeList().stream().map(collector.errorTypes::get))
                    .containsExactly("rate_limited", "cancelled", "timeout");
            assertThat(batch.getMeasurements().getValueList()).containsExactly(17.0, -3.0);
            assertThat(collector.series.get(0).getName()).isEqualTo("calls");
            assertThat(collector.series.get(0).getKind()).isEqualTo(SeriesKind.SERIES_KIND_OUTCOME);
            assertThat(collector.series.get(0).getAttributesList())
                    .containsExactly(attribute("a", "1"), attribute("b", "2"));
            assertThat(collector.series.get(1).getKind()).isEqualTo(SeriesKind.SERIES_KIND_COUNTER);
            assertThat(collector.series.get(2).getKind()).isEqualTo(SeriesKind.SERIES_KIND_GAUGE);
            assertThat(collector.hellos.get(0).getProducer()).isEqualTo("me");
            assertThat(collector.hellos.get(0).getRecording()).isEqualTo("then");
            assertThat(collector.hellos.get(0).getClockMillis()).isEqualTo(now.toEpochMilli());
            assertThat(tocsin.balance()).isEqualTo(new Balance(7, 7, 0, Map.of(), 0, 0));
            assertThat(tocsin.lastAcked()).contains(new AckedPosition(3, 1));
        }
    }

    private static Attribute attribute(String key, String value) {
        return Attribute.newBuilder().setKey(key).setValue(value).build();
    }
}
