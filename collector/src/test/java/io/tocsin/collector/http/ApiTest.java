/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.tocsin.v1.AcknowledgeResponse;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.GetRequest;
import io.tocsin.v1.GetResponse;
import io.tocsin.v1.GetSloRequest;
import io.tocsin.v1.GetSloResponse;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.v1.ListAnomaliesRequest;
import io.tocsin.v1.ListAnomaliesResponse;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import io.tocsin.v1.ListSlosRequest;
import io.tocsin.v1.ListSlosResponse;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.Selector;
import io.tocsin.v1.Severity;
import io.tocsin.v1.SubscribeResponse;
import io.tocsin.v1.TimeRange;
import io.tocsin.v1.WatchDashboardResponse;
import io.tocsin.v1.WatchSlosResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTest {
    private static final TimeRange A_DAY = TimeRange.newBuilder()
            .setLast(com.google.protobuf.Duration.newBuilder().setSeconds(86_400))
            .build();

    @TempDir
    Path folder;

    private ApiRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new ApiRig(
                folder,
                Map.of("monitoring.http.max-event-streams", "3", "monitoring.subscriptions.keep-alive", "200ms"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void answersWithTheMessageOfTheCallReadBackEqual() throws Exception {
        rig.push("planner", true);
        String id = firingId();

        assertThat(fill("/monitoring/slo/orchestration-latency", GetSloResponse.newBuilder())
                        .build())
                .isEqualTo(rig.query()
                        .getSlo(GetSloRequest.newBuilder()
                                .setName("orchestration-latency")
                                .build()));
        assertThat(fill("/monitoring/slo?sort=name&limit=2", ListSlosResponse.newBuilder())
                        .build())
                .isEqualTo(rig.query()
                        .listSlos(ListSlosRequest.newBuilder()
                                .setOrderBy("name")
                                .setPageSize(2)
                                .build()));
        assertThat(fill("/monitoring/anomalies?severity=high&limit=10", ListAnomaliesResponse.newBuilder())
                        .build())
                .isEqualTo(rig.query()
                        .listAnomalies(ListAnomaliesRequest.newBuilder()
                                .setMinSeverity(Severity.SEVERITY_HIGH)
                                .setPageSize(10)
                                .build()));
        assertThat(fill("/monitoring/alerts?state=firing,pending&rule=planner-fails", ListResponse.newBuilder())
                        .getAlertsList())
                .extracting(a -> a.getId())
                .containsExactly(id);
        assertThat(fill("/monitoring/alerts", ListResponse.newBuilder()).build())
                .isEqualTo(rig.alerts().list(ListRequest.getDefaultInstance()));
        assertThat(fill("/monitoring/alerts/" + id, GetResponse.newBuilder()).build())
                .isEqualTo(rig.alerts().get(GetRequest.newBuilder().setId(id).build()));
        assertThat(fill("/monitoring/metrics/agents?last=1d", ListAgentMetricsResponse.newBuilder())
                        .getAgentsList())
                .isEqualTo(rig.query()
                        .listAgentMetrics(ListAgentMetricsRequest.newBuilder()
                                .setRange(A_DAY)
                                .build())
                        .getAgentsList())
                .hasSize(1);
        assertThat(fill(
                                "/monitoring/series?metric=gen_ai.invoke_agent.duration&last=24h&quantile=0.5,0.9"
                                        + "&match=gen_ai.agent.name=planner%7Cwriter&match=gen_ai.agent.id!=x",
                                QuerySeriesResponse.newBuilder())
                        .getLinesList())
                .isEqualTo(rig.query()
                        .querySeries(QuerySeriesRequest.newBuilder()
                                .setSelector(Selector.newBuilder().setMetric("gen_ai.invoke_agent.duration"))
                                .addQuantiles(0.5)
                                .addQuantiles(0.9)
                                .setRange(A_DAY)
                                .build())
                        .getLinesList());
        assertThat(fill("/monitoring/health", GetHealthResponse.newBuilder())
                        .clearUptime()
                        .clearPartitions()
                        .build())
                .isEqualTo(rig.query().getHealth(GetHealthRequest.getDefaultInstance()).toBuilder()
                        .clearUptime()
                        .clearPartitions()
                        .build());
    }

    @Test
    void refusesUnknownParametersBadValuesAndSecondNamesAllAtOnce() throws Exception {
        HttpResponse<String> response = rig.get(
                "/monitoring/anomalies?severty=high&limit=ten&page_size=3&state=burning&start_time=noon&limit=4");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(violations(response))
                .contains("severty is not known; did you mean severity?")
                .contains("page_size is the same as limit; give one of them")
                .contains("limit must be given once, was given 2 times")
                .contains("state must be one of pending, firing, resolved, acknowledged, was \"burning\"")
                .contains("start_time must be a time such as 2026-01-31T12:00:00Z (RFC 3339), was \"noon\"");
    }

    @Test
    void namesFieldsAsTheCallerDidWhenTheCallItselfRefuses() throws Exception {
        assertThat(violations(rig.get("/monitoring/anomalies?limit=5000")))
                .isEqualTo("limit must be 0 to 1000, was 5000");
        assertThat(violations(rig.get("/monitoring/anomalies?page_size=5000")))
                .isEqualTo("page_size must be 0 to 1000, was 5000");
    }

    @Test
    void saysWhichThereAreOfAnUnknownName() throws Exception {
        HttpResponse<String> response = rig.get("/monitoring/slo/orchestration-latenci");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(message(response))
                .startsWith("SLO \"orchestration-latenci\" is not known, there are agent-task-completion");
        assertThat(rig.get("/monitoring/alerts?recording=nope").statusCode()).isEqualTo(404);
        assertThat(message(rig.get("/monitoring/dashbord")))
                .isEqualTo("there is no /monitoring/dashbord here; did you mean /monitoring/dashboard?");
    }

    @Test
    void refusesMethodsAndTypesThatAreNotHere() throws Exception {
        HttpResponse<String> put =
                rig.send(HttpRequest.newBuilder(rig.uri("/monitoring/slo")).PUT(BodyPublishers.ofString("{}")));
        HttpResponse<String> html =
                rig.send(HttpRequest.newBuilder(rig.uri("/monitoring/slo")).header("Accept", "text/html"));

        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(html.statusCode()).isEqualTo(406);
        assertThat(message(html))
                .isEqualTo("Accept must take application/json or text/event-stream, was \"text/html\"");
    }

    @Test
    void acknowledgesAnAlertOnlyIfAskedInJson() throws Exception {
        rig.push("planner", true);
        String path = "/monitoring/alerts/" + firingId() + "/acknowledge";
        String body = "{\"by\": \"ada\", \"note\": \"mine\"}";

        HttpResponse<String> form = rig.send(HttpRequest.newBuilder(rig.uri(path))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(body)));
        HttpResponse<String> json = rig.send(HttpRequest.newBuilder(rig.uri(path))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body)));
        HttpResponse<String> odd = rig.send(HttpRequest.newBuilder(rig.uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"who\": \"ada\"}")));
        HttpResponse<String> huge = rig.send(HttpRequest.newBuilder(rig.uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("x".repeat(100_000))));

        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(json.statusCode()).as(json.body()).isEqualTo(200);
        AcknowledgeResponse.Builder read = AcknowledgeResponse.newBuilder();
        JsonFormat.parser().merge(json.body(), read);
        assertThat(read.getAlert().getState()).isEqualTo(AlertState.ALERT_STATE_ACKNOWLEDGED);
        assertThat(read.getAlert().getAcknowledgement().getBy()).isEqualTo("ada");
        assertThat(odd.statusCode()).isEqualTo(400);
        assertThat(message(odd)).startsWith("body must be a JSON object with members of by, note, scope: ");
        assertThat(huge.statusCode()).isEqualTo(413);
    }

    @Test
    void sendsAlertsAsEventsAndResumesAfterTheLastSeen() throws Exception {
        String seen;
        try (EventReader events = rig.events("/monitoring/alerts?rule=planner-fails")) {
            assertThat(events.response.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(events.next().name()).isEqualTo("snapshot");
            rig.push("planner", true);
            EventReader.Event fired = events.next();
            SubscribeResponse.Builder read = SubscribeResponse.newBuilder();
            JsonFormat.parser().merge(fired.data(), read);
            assertThat(fired.name()).isEqualTo("event");
            assertThat(read.getEvent().getAlert().getRule()).isEqualTo("planner-fails");
            assertThat(read.getCursor()).isEqualTo(fired.id());
            seen = fired.id();
        }
        String id = firingId();
        HttpResponse<String> acknowledged =
                rig.send(HttpRequest.newBuilder(rig.uri("/monitoring/alerts/" + id + "/acknowledge"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"by\": \"ada\"}")));
        assertThat(acknowledged.statusCode()).isEqualTo(200);

        try (EventReader events = rig.events("/monitoring/alerts?rule=planner-fails", "Last-Event-ID", seen)) {
            EventReader.Event next = events.next();
            assertThat(next.name()).isEqualTo("event");
        }
    }

    @Test
    void sendsDashboardAndSlosAsEvents() throws Exception {
        try (EventReader dashboards = rig.events("/monitoring/dashboard?last=5m&limit=3");
                EventReader slos = rig.events("/monitoring/slo?name=orchestration-latency")) {
            EventReader.Event dashboard = dashboards.next();
            WatchSlosResponse.Builder read = WatchSlosResponse.newBuilder();
            JsonFormat.parser().merge(slos.next().data(), read);

            assertThat(dashboard.name()).isEqualTo("dashboard");
            JsonFormat.parser().merge(dashboard.data(), WatchDashboardResponse.newBuilder());
            assertThat(read.getSlosList()).extracting(s -> s.getName()).containsExactly("orchestration-latency");
        }
    }

    @Test
    void refusesEventStreamsBeyondTheirNumberAndTakesOneAgainWhenOneHasGone() throws Exception {
        try (EventReader first = rig.events("/monitoring/alerts");
                EventReader second = rig.events("/monitoring/alerts")) {
            EventReader third = rig.events("/monitoring/alerts");
            first.next();
            second.next();
            third.next();

            HttpResponse<String> fourth = rig.send(
                    HttpRequest.newBuilder(rig.uri("/monitoring/alerts")).header("Accept", "text/event-stream"));

            assertThat(fourth.statusCode()).isEqualTo(429);
            assertThat(fourth.headers().firstValue("Retry-After")).contains("5");
            assertThat(message(fourth)).startsWith("there are 3 event streams, more are not served");
            assertThat(rig.get("/metrics").body())
                    .contains("tocsin_http_event_streams_open 3.0")
                    .contains("tocsin_http_event_streams_refused_total 1.0");

            third.close();
            // found out at the next keep-alive
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(rig.get("/metrics").body()).contains("tocsin_http_event_streams_open 2.0"));
        }
    }

    @Test
    void refusesAWatchingCallAsItDoesOthers() throws Exception {
        HttpResponse<String> response = rig.send(
                HttpRequest.newBuilder(rig.uri("/monitoring/alerts?cursor=x")).header("Accept", "text/event-stream"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response)).startsWith("cursor must");
    }

    @Test
    void tellsWatchingClientsThatItStops() throws Exception {
        try (EventReader events = rig.events("/monitoring/alerts")) {
            events.next();
            rig.collector.close();

            assertThat(events.rest()).contains("event: failure").contains("the collector stops");
        }
    }

    @Test
    void compressesLargerAnswersForThoseWhoTakeIt() throws Exception {
        HttpResponse<String> plain = rig.get("/monitoring/slo");
        HttpResponse<String> packed =
                rig.send(HttpRequest.newBuilder(rig.uri("/monitoring/slo")).header("Accept-Encoding", "gzip"));

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isLessThan(plain.headers().firstValueAsLong("Content-Length").orElseThrow());
    }

    private String firingId() {
        await().until(() -> rig.alerts().list(ListRequest.getDefaultInstance()).getAlertsList().stream()
                .anyMatch(a -> a.getRule().equals("planner-fails") && a.getState() == AlertState.ALERT_STATE_FIRING));
        return rig.alerts().list(ListRequest.getDefaultInstance()).getAlertsList().stream()
                .filter(a -> a.getRule().equals("planner-fails"))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private <B extends Message.Builder> B fill(String path, B builder) throws Exception {
        HttpResponse<String> response = rig.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonFormat.parser().merge(response.body(), builder);
        return builder;
    }

    private static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static String message(HttpResponse<String> response) {
        return json(response).get("message").getAsString();
    }

    /** Each violation as a sentence; as the message has them too. */
    private static String violations(HttpResponse<String> response) {
        StringBuilder said = new StringBuilder();
        json(response).getAsJsonArray("details").forEach(detail -> {
            if (detail.getAsJsonObject().has("fieldViolations")) {
                detail.getAsJsonObject()
                        .getAsJsonArray("fieldViolations")
                        .forEach(v -> said.append(said.length() == 0 ? "" : "; ")
                                .append(v.getAsJsonObject().get("field").getAsString())
                                .append(' ')
                                .append(v.getAsJsonObject().get("description").getAsString()));
            }
        });
        assertThat(message(response)).isEqualTo(said.toString());
        return said.toString();
    }
}
