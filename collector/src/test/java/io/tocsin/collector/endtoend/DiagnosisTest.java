/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.DiagnoseRequest;
import io.tocsin.v1.Diagnosis;
import io.tocsin.v1.Diagnosis.Verdict;
import io.tocsin.v1.ListProducersRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole collector says of who sends and of the usual troubles. */
class DiagnosisTest {
    private static final String MISSPELT =
            "- {name: planner-slo, detector: slo, parameters: {type: availability, target: 0.99},"
                    + " select: {metric: gen_ai.invoke_agent.duration, where: {gen_ai.agent.name: plannr}}}";

    @TempDir
    Path folder;

    private static List<Diagnosis> diagnose(Channel channel) {
        return AdminServiceGrpc.newBlockingStub(channel)
                .diagnose(DiagnoseRequest.getDefaultInstance())
                .getFindingsList();
    }

    private static Diagnosis of(List<Diagnosis> findings, String check) {
        return findings.stream()
                .filter(f -> f.getCheck().equals(check))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesWhoseClockIsOffWhichSloReadsNothingAndWhoIsGone() throws Exception {
        try (RunningCollector collector = new RunningCollector(folder, MISSPELT, Map.of())) {
            Channel channel = collector.channel();
            assertThat(of(diagnose(channel), "arriving-data").getSeen()).startsWith("no producer has sent anything");

            Producer planner = new Producer(collector, channel, "planner", Duration.ofSeconds(-5));
            collector.awaitApplied(planner.outcomes(20, 0).getPosition());
            List<Diagnosis> findings = diagnose(channel);

            assertThat(of(findings, "arriving-data").getVerdict()).isEqualTo(Verdict.VERDICT_OK);
            assertThat(of(findings, "clocks").getSeen())
                    .isEqualTo("the clock of producer \"planner\" is 5 s behind ours");
            assertThat(findings.get(0).getSeen())
                    .isEqualTo("SLO \"planner-slo\" has no data: no series of gen_ai.invoke_agent.duration has"
                            + " gen_ai.agent.name = plannr; there are planner");

            planner.goodbye();
            var shown = AdminServiceGrpc.newBlockingStub(channel)
                    .listProducers(ListProducersRequest.getDefaultInstance())
                    .getProducers(0);
            assertThat(shown.getName()).isEqualTo("planner");
            assertThat(shown.getLiveness()).isEqualTo("stopped");
            assertThat(shown.getAccepted()).isEqualTo(20);
            assertThat(shown.getClockOffset().getSeconds()).isEqualTo(5);
        }
    }
}
