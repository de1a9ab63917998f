/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.engine.EngineCounters;
import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.ingest.IngestCounters;
import io.tocsin.collector.ingest.IngestSettings;
import io.tocsin.collector.journal.JournalCounters;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private final Map<SeriesKey, SeriesTotals> collected = new TreeMap<>();
    private final Telemetry telemetry = new Telemetry("1.2.3");

    @BeforeEach
    void readWhatIsCollected() {
        telemetry.agentRequests().add((metric, visitor) -> collected.forEach(visitor));
    }

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void sumsRequestsByAgentTypeAndStatus() {
        collected.put(agent("planner", "1"), new SeriesTotals(10, 3, 2.5));
        collected.put(agent("planner", "2"), new SeriesTotals(5, 0, 0.5));

        assertThat(telemetry.scrape("").lines())
                .contains(
                        "tocsin_agent_requests_total{agent_type=\"planner\",status=\"ok\"} 12.0",
                        "tocsin_agent_requests_total{agent_type=\"planner\",status=\"failed\"} 3.0",
                        "tocsin_agent_request_duration_seconds_count{agent_type=\"planner\"} 15",
                        "tocsin_agent_request_duration_seconds_sum{agent_type=\"planner\"} 3.0");
    }

    @Test
    void neverGoesBackWhenASeriesIsForgottenAndComesAgain() {
        collected.put(agent("planner", "1"), new SeriesTotals(10, 0, 1));
        telemetry.scrape("");
        collected.clear();
        assertThat(telemetry.scrape("")).contains("{agent_type=\"planner\",status=\"ok\"} 10.0");

        collected.put(agent("planner", "1"), new SeriesTotals(2, 0, 1));

        assertThat(telemetry.scrape("")).contains("{agent_type=\"planner\",status=\"ok\"} 12.0");
    }

    @Test
    void showsAtMostTwoHundredSeriesAndTheRestTogether() {
        for (int i = 0; i < 100; i++) {
            collected.put(agent("type-" + i, "1"), new SeriesTotals(1, 0, 1));
        }
        collected.put(SeriesKey.overflow(AgentRequestMeters.METRIC, SeriesKind.OUTCOME), new SeriesTotals(7, 0, 1));

        String scrape = telemetry.scrape("");

        // the type that shares with others is one of the fifty
        assertThat(scrape.lines().filter(l -> l.startsWith("tocsin_agent_request")))
                .hasSize(200);
        assertThat(scrape).contains("{agent_type=\"other\",status=\"ok\"} 58.0");
    }

    @Test
    void showsTheStagesCountersByReason() {
        telemetry.stages().ingest(new IngestCounters(IngestSettings.DEFAULTS));
        telemetry.stages().journal(0, new JournalCounters());
        telemetry.stages().engine(0, new EngineCounters());

        assertThat(telemetry.scrape(""))
                .contains("tocsin_ingest_records_rejected_total{reason=\"too_old\"} 0.0")
                .contains("tocsin_ingest_refusals_total{reason=\"full\"} 0.0")
                .contains("tocsin_journal_batches_total{partition=\"0\"} 0.0")
                .contains("tocsin_engine_late_records_total{partition=\"0\"} 0.0")
                .contains("tocsin_build_info{version=\"1.2.3\"} 1")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void speaksOpenMetricsToThoseWhoAskForIt() {
        assertThat(telemetry.scrape("application/openmetrics-text; version=1.0.0"))
                .endsWith("# EOF\n");
        assertThat(telemetry.scrape("text/plain")).doesNotContain("# EOF");
    }

    private static SeriesKey agent(String type, String id) {
        return new SeriesKey(
                AgentRequestMeters.METRIC,
                SeriesKind.OUTCOME,
                Attributes.of("gen_ai.agent.name", type, "gen_ai.agent.id", id));
    }
}
