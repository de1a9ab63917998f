/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownKeyTest {
    private static final List<String> KNOWN = List.of(
            "monitoring.slo.enabled",
            "monitoring.alerting.enabled",
            "monitoring.anomaly-detection.enabled",
            "monitoring.grpc.port",
            "monitoring.grpc.host",
            "monitoring.ingest.max-batch-bytes");

    @Test
    void namesTheKeyThatWasMeantPartByPart() {
        assertThat(UnknownKey.told("monitoring.gprc.prot", KNOWN))
                .isEqualTo("is not known; did you mean monitoring.grpc.port?");
        assertThat(UnknownKey.told("monitoring.anomaly.enabled", KNOWN))
                .isEqualTo("is not known; did you mean monitoring.anomaly-detection.enabled?");
        assertThat(UnknownKey.told("monitoring.journal.max-batch-bytes", KNOWN))
                .isEqualTo("is not known; did you mean monitoring.ingest.max-batch-bytes?");
        assertThat(UnknownKey.told("grpc.port", KNOWN))
                .isEqualTo("is not known; did you mean monitoring.grpc.port? Everything is under monitoring:");
    }

    @Test
    void whatIsNearNothingGetsWhatThereIsInItsPlace() {
        assertThat(UnknownKey.told("monitoring.kafka.enabled", KNOWN))
                .isEqualTo("is not known; under monitoring there are alerting, anomaly-detection, grpc, ingest, slo");
        assertThat(UnknownKey.told("monitoring.grpc.certificate", KNOWN))
                .isEqualTo("is not known; under monitoring.grpc there are host, port");
        assertThat(UnknownKey.told("monitoring.grpc", KNOWN))
                .isEqualTo("must be a table, with host, port; was one value");
    }
}
