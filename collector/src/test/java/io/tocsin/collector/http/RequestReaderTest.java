/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.GetLatencyTrendsRequest;
import io.tocsin.v1.ListAnomaliesRequest;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.Matcher;
import io.tocsin.v1.Matcher.Operator;
import io.tocsin.v1.Position;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.Scope;
import io.tocsin.v1.Severity;
import io.tocsin.v1.TimeRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    @Test
    void takesAFieldByItsPathItsLastNameAndItsAlias() {
        ListAnomaliesRequest expected = ListAnomaliesRequest.newBuilder()
                .setMinSeverity(Severity.SEVERITY_HIGH)
                .setPageSize(10)
                .setRange(TimeRange.newBuilder()
                        .setStartTime(Timestamp.newBuilder().setSeconds(1_767_225_600))
                        .setMinPosition(Position.newBuilder().setOffset(7)))
                .setScope(Scope.newBuilder().setRecording("r"))
                .build();

        assertThat(read(
                        "/monitoring/anomalies",
                        "severity=high&limit=10&start_time=2026-01-01T00:00:00Z&offset=7&recording=r"))
                .isEqualTo(expected);
        assertThat(read(
                        "/monitoring/anomalies",
                        "min_severity=SEVERITY_HIGH&page_size=10&range.start_time=2026-01-01T01:00:00+01:00"
                                + "&range.min_position.offset=7&scope.recording=r"))
                .isEqualTo(expected);
    }

    @Test
    void takesSeveralValuesRepeatedOrWithCommas() {
        ListRequest expected = (ListRequest) read("/monitoring/alerts", "state=firing&state=pending&rule=a,b");

        assertThat(read("/monitoring/alerts", "states=firing,pending&rules=a&rules=b"))
                .isEqualTo(expected);
        assertThat(expected.getFilter().getStatesList())
                .containsExactly(AlertState.ALERT_STATE_FIRING, AlertState.ALERT_STATE_PENDING);
    }

    @Test
    void takesDurationsAsPeopleWriteThem() {
        for (String text : List.of("15m", "900s", "0.25h", "PT15M")) {
            assertThat(read("/monitoring/trends/latency", "last=" + text))
                    .isEqualTo(GetLatencyTrendsRequest.newBuilder()
                            .setRange(TimeRange.newBuilder()
                                    .setLast(Duration.newBuilder().setSeconds(900)))
                            .build());
        }
    }

    @Test
    void readsMatchersOfOneAndOfSeveralValues() {
        assertThat(read("/monitoring/series", "metric=m&match=a%3Db&match=a!=b&match=k=x%7Cy,z&match=k!=x%7C%5C%7C"))
                .isEqualTo(QuerySeriesRequest.newBuilder()
                        .setSelector(io.tocsin.v1.Selector.newBuilder()
                                .setMetric("m")
                                .addMatchers(matcher("a", Operator.OPERATOR_EQUAL, "b"))
                                .addMatchers(matcher("a", Operator.OPERATOR_NOT_EQUAL, "b"))
                                .addMatchers(matcher("k", Operator.OPERATOR_IN, "x", "y,z"))
                                .addMatchers(matcher("k", Operator.OPERATOR_NOT_IN, "x", "|")))
                        .build());
        assertThatThrownBy(() -> read("/monitoring/series", "match=planner"))
                .hasMessageContaining("match must be key=value, key!=value");
    }

    @Test
    void refusesAgainWhatStandsInThePath() {
        assertThatThrownBy(() -> read("/monitoring/slo/x", "name=y"))
                .hasMessageContaining("name stands in the path, and must not be given again");
    }

    @Test
    void decodesNamesInThePath() {
        assertThat(read("/monitoring/metrics/agents/team%2Fplan+ner%20%C3%A9", "")
                        .toString())
                .isEqualTo("agent_type: \"team/plan+ner \\303\\251\"\n");
    }

    @Test
    void refusesEscapesThatAreNone() {
        assertThatThrownBy(() -> read("/monitoring/slo/%ff", "")).hasMessageContaining("must be escaped UTF-8");
        assertThatThrownBy(() -> read("/monitoring/slo", "name=%zz")).hasMessageContaining("must be escaped UTF-8");
    }

    @Test
    void giveEveryParameterOfTheTableANameThatIsItsOwn() {
        for (Route route : Routes.ALL) {
            List<String> names = route.call().parameters().all().stream()
                    .flatMap(p -> p.names().stream())
                    .toList();
            assertThat(names).as(route.path()).doesNotHaveDuplicates();
        }
    }

    private static Matcher matcher(String key, Operator operator, String... values) {
        return Matcher.newBuilder()
                .setKey(key)
                .setOperator(operator)
                .addAllValues(List.of(values))
                .build();
    }

    private static com.google.protobuf.Message read(String path, String query) {
        Routes.Match match = Routes.find(QueryText.segments(path)).orElseThrow();
        Map<String, List<String>> parameters = QueryText.parameters(query);
        return new RequestReader(match.route().call()).read(match.fields(), parameters);
    }
}
