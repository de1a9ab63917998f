/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.config.CollectorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
    @Test
    void anOutageIsProvenByTheTenthOutcomeAtTheEarliestAndHalfOfThemFailed() {
        ShareProof outage = new ShareProof(false);
        for (int i = 0; i < 6; i++) {
            assertThat(outage.provenBy(false)).isFalse();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(outage.provenBy(true)).isFalse();
        }
        assertThat(outage.provenBy(true)).isTrue();
    }

    @Test
    void aBudgetBurnsWhenMoreThanHalfFailed() {
        ShareProof slo = new ShareProof(true);
        for (int i = 0; i < 5; i++) {
            slo.provenBy(false);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(slo.provenBy(true)).isFalse();
        }
        assertThat(slo.provenBy(true)).isTrue();
    }

    @Test
    void windowsBecomeJudgeableAnAllowanceAfterTheirEnd() {
        assertThat(AlertListener.judgeableMillis(1_700_000_002_000L)).isEqualTo(1_700_000_002_000L);
        assertThat(AlertListener.judgeableMillis(1_700_000_002_249L)).isEqualTo(1_700_000_002_000L);
        assertThat(AlertListener.judgeableMillis(1_700_000_001_999L)).isEqualTo(1_700_000_001_000L);
    }

    @Test
    void delaysCountFromTheProofAndFromTheBeginning() {
        Trial trial = new Trial(Subject.OUTAGE, "g");
        trial.begin(1_000_000);
        trial.prove(5_000_000);
        trial.hear(9_000_000, 0);
        trial.hear(99_000_000, 0);

        assertThat(trial.fromProof()).hasValue(4);
        assertThat(trial.fromBeginning()).hasValue(8);
        assertThat(trial.isMissed()).isFalse();
    }

    @Test
    void whatFiresBeforeItsIncidentIsEarlyAndHasNoDelay() {
        Trial trial = new Trial(Subject.LATENCY_SPIKE, "g");
        trial.hear(9_000_000, 8_000_000);
        trial.begin(10_000_000);

        assertThat(trial.isEarly()).isTrue();
        assertThat(trial.fromProof()).isEmpty();
    }

    @Test
    void theCollectorTakesTheRulesOfAllDetectors(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("rules.yaml"), Subject.configuration());

        assertThat(CollectorSettings.load(Optional.of(file), Map.of(), Map.of()).rules())
                .hasSize(Subject.all().size());
    }
}
