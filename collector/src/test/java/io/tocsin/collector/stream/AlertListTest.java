/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import static io.tocsin.collector.call.FakeEvents.alert;
import static io.tocsin.collector.call.Statuses.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertFilter;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.GetRequest;
import io.tocsin.v1.GetResponse;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import io.tocsin.v1.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertListTest {
    private final AlertDoorRig rig = new AlertDoorRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void givesAllPagesNewestChangeFirst() {
        for (int i = 0; i < 25; i++) {
            rig.fire("a" + i);
        }
        List<String> ids = new ArrayList<>();
        ListResponse page =
                rig.alerts().list(ListRequest.newBuilder().setPageSize(10).build());
        while (true) {
            page.getAlertsList().forEach(a -> ids.add(a.getId()));
            if (page.getNextPageToken().isEmpty()) {
                break;
            }
            rig.fire("later" + ids.size()); // moves nothing on the pages that follow
            page = rig.alerts()
                    .list(ListRequest.newBuilder()
                            .setPageSize(10)
                            .setPageToken(page.getNextPageToken())
                            .build());
        }

        assertThat(ids).hasSize(25).doesNotHaveDuplicates().startsWith("a24").endsWith("a0");
    }

    @Test
    void takesOnlyWhatChangedInTheRange() {
        rig.events().append(alert("default", "early", AlertState.FIRING, Severity.LOW, false), 1_000);
        rig.events().append(alert("default", "late", AlertState.FIRING, Severity.LOW, false), 2_000);

        ListResponse response = rig.alerts()
                .list(ListRequest.newBuilder()
                        .setStartTime(CallTimes.timestamp(1_000))
                        .setEndTime(CallTimes.timestamp(2_000))
                        .build());

        assertThat(response.getAlertsList()).extracting(Alert::getId).containsExactly("early");
    }

    @Test
    void givesOneAlertWithItsEvents() {
        rig.events().append(alert("default", "a", AlertState.PENDING, Severity.LOW, false));
        rig.events().append(alert("default", "a", AlertState.FIRING, Severity.LOW, false));
        rig.events().append(alert("default", "b", AlertState.FIRING, Severity.LOW, false));

        GetResponse response =
                rig.alerts().get(GetRequest.newBuilder().setId("a").build());

        assertThat(response.getAlert().getState()).isEqualTo(io.tocsin.v1.AlertState.ALERT_STATE_FIRING);
        assertThat(response.getAlert().getFiredAt()).isEqualTo(CallTimes.timestamp(ManualClock.NOON + 10));
        assertThat(response.getEventsList()).hasSize(2);
        assertThat(response.getEvents(1).getPrevious()).isEqualTo(io.tocsin.v1.AlertState.ALERT_STATE_PENDING);
    }

    @Test
    void hidesAlertsOfOtherTenants() {
        rig.fire("blue", "b", Severity.HIGH);
        var red = AlertServiceGrpc.newBlockingStub(rig.server.channel("red"));

        assertThat(red.list(ListRequest.getDefaultInstance()).getAlertsCount()).isZero();
        StatusRuntimeException error =
                errorOf(() -> red.get(GetRequest.newBuilder().setId("b").build()));
        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(error.getStatus().getDescription()).isEqualTo("alert \"b\" is not known, there are none");
    }

    @Test
    void refusesAPageTokenOfAnotherQuery() {
        for (int i = 0; i < 5; i++) {
            rig.fire("a" + i);
        }
        String token = rig.alerts()
                .list(ListRequest.newBuilder().setPageSize(2).build())
                .getNextPageToken();

        StatusRuntimeException error = errorOf(() -> rig.alerts()
                .list(ListRequest.newBuilder()
                        .setFilter(AlertFilter.newBuilder().addRules("x"))
                        .setPageToken(token)
                        .build()));
        StatusRuntimeException otherTenant = errorOf(() -> AlertServiceGrpc.newBlockingStub(rig.server.channel("red"))
                .list(ListRequest.newBuilder().setPageToken(token).build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(error.getStatus().getDescription()).contains("page_token belongs to another query");
        assertThat(otherTenant.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void refusesAPageTokenThatIsNone() {
        StatusRuntimeException error = errorOf(() ->
                rig.alerts().list(ListRequest.newBuilder().setPageToken("%%%").build()));

        assertThat(error.getStatus().getDescription())
                .isEqualTo("page_token must be empty or the next_page_token of an answer, was \"%%%\"");
    }

    @Test
    void refusesAPageSizeBeyondAThousand() {
        StatusRuntimeException error = errorOf(() ->
                rig.alerts().list(ListRequest.newBuilder().setPageSize(1_001).build()));

        assertThat(error.getStatus().getDescription()).isEqualTo("page_size must be 0 to 1000, was 1001");
    }

    @Test
    void refusesARangeThatEndsBeforeItStarts() {
        StatusRuntimeException error = errorOf(() -> rig.alerts()
                .list(ListRequest.newBuilder()
                        .setStartTime(CallTimes.timestamp(2_000))
                        .setEndTime(CallTimes.timestamp(1_000))
                        .build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(error.getStatus().getDescription()).startsWith("end_time must not be before start_time");
    }

    @Test
    void refusesAFilterThatMeansNothing() {
        StatusRuntimeException severity = errorOf(() -> rig.alerts()
                .list(ListRequest.newBuilder()
                        .setFilter(AlertFilter.newBuilder().setMinSeverityValue(42))
                        .build()));
        StatusRuntimeException matcher = errorOf(() -> rig.alerts()
                .list(ListRequest.newBuilder()
                        .setFilter(AlertFilter.newBuilder()
                                .addMatchers(Matcher.newBuilder()
                                        .setKey("k")
                                        .addValues("a")
                                        .addValues("b")))
                        .build()));

        assertThat(severity.getStatus().getDescription())
                .isEqualTo("filter.min_severity must be INFO, LOW, MEDIUM, HIGH or CRITICAL, was 42");
        assertThat(matcher.getStatus().getDescription())
                .contains("filter.matchers[0]", "must have exactly 1 value for EQUAL, had 2");
    }

    @Test
    void refusesAnAlertWithoutId() {
        assertThat(errorOf(() -> rig.alerts().get(GetRequest.getDefaultInstance()))
                        .getStatus()
                        .getDescription())
                .isEqualTo("id must be the id of an alert, was empty");
    }
}
