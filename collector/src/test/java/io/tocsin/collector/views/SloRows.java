/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.v1.GetSloRequest;
import io.tocsin.v1.GetSloResponse;
import io.tocsin.v1.ListSlosRequest;
import io.tocsin.v1.ListSlosResponse;
import io.tocsin.v1.Matcher;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloFilter;
import io.tocsin.v1.SloStatus;
import java.util.List;

/** {@code ListSlos} and {@code GetSlo}, of the objectives in {@link #RULES}. */
public final class SloRows {
    static final double AVAILABLE = 0.9;
    static final double FAST = 0.5;
    static final double SLOW_SECONDS = 2;

    /** Rules in YAML that the collector must have. */
    public static final String RULES = """
            - name: tasks-available
              detector: slo
              description: Nine tasks of ten succeed.
              select: {metric: gen_ai.invoke_agent.duration}
              group-by: [gen_ai.agent.name]
              parameters: {type: availability, target: 0.9, window: 30d}
            - name: requests-fast
              detector: slo
              select: {metric: gen_ai.workflow.duration}
              parameters: {type: latency, latency: 2, target: 0.5, window: 30d}
            - name: nothing-to-see
              detector: slo
              select: {metric: gen_ai.execute_tool.duration}
              parameters: {type: availability, target: 0.99, window: 1h}
            - name: coder-fails
              detector: outage
              select: {metric: gen_ai.invoke_agent.duration}
              group-by: [gen_ai.agent.name]
              severity: critical
            - name: slow-requests
              detector: latency-spike
              select: {metric: gen_ai.workflow.duration}
            """;

    private SloRows() {}

    static void add(RecordedDays days, List<ViewRow> rows) {
        for (String order : new String[] {
            "", "budget_remaining", "name", "attained", "breaches", "name desc", "budget_remaining desc"
        }) {
            for (int page : new int[] {0, 2}) {
                rows.add(list(days, SloFilter.getDefaultInstance(), order, page, 5));
            }
        }
        rows.add(list(days, SloFilter.newBuilder().addTypes("latency").build(), "", 0, 1));
        rows.add(list(days, SloFilter.newBuilder().addNames("tasks-available").build(), "", 0, 3));
        rows.add(list(
                days,
                SloFilter.newBuilder().addStatuses(SloStatus.SLO_STATUS_NO_DATA).build(),
                "",
                0,
                1));
        rows.add(list(
                days,
                SloFilter.newBuilder()
                        .addMatchers(
                                Matcher.newBuilder().setKey(RecordedDays.TYPE).addValues("planner"))
                        .build(),
                "",
                0,
                1));
        rows.add(ViewRow.query(
                "GetSlo",
                GetSloRequest.newBuilder()
                        .setName("tasks-available")
                        .setScope(ViewTable.SCOPE)
                        .build(),
                (GetSloResponse answer) -> {
                    assertThat(answer.getSlosList()).hasSize(3);
                    answer.getSlosList().forEach(slo -> check(days, slo));
                }));
    }

    private static ViewRow list(RecordedDays days, SloFilter filter, String order, int page, int expected) {
        ListSlosRequest request = ListSlosRequest.newBuilder()
                .setScope(ViewTable.SCOPE)
                .setFilter(filter)
                .setOrderBy(order)
                .setPageSize(page)
                .build();
        return ViewRow.query("ListSlos", request, (ListSlosResponse answer) -> {
            assertThat(answer.getSlosList()).hasSize(expected);
            answer.getSlosList().forEach(slo -> check(days, slo));
            checkOrder(order, answer.getSlosList());
        });
    }

    private static void checkOrder(String order, List<Slo> slos) {
        List<Slo> withData = slos.stream().filter(slo -> slo.getTotal() > 0).toList();
        for (int i = 1; i < withData.size(); i++) {
            Slo before = withData.get(i - 1);
            Slo after = withData.get(i);
            switch (order) {
                case "", "budget_remaining" ->
                    assertThat(before.getBudgetRemaining()).isLessThanOrEqualTo(after.getBudgetRemaining());
                case "budget_remaining desc" ->
                    assertThat(before.getBudgetRemaining()).isGreaterThanOrEqualTo(after.getBudgetRemaining());
                case "name" -> assertThat(before.getName()).isLessThanOrEqualTo(after.getName());
                case "name desc" -> assertThat(before.getName()).isGreaterThanOrEqualTo(after.getName());
                case "attained" -> assertThat(before.getAttained()).isLessThanOrEqualTo(after.getAttained());
                default -> assertThat(before.getBreaches()).isGreaterThanOrEqualTo(after.getBreaches());
            }
        }
    }

    static void check(RecordedDays days, Slo slo) {
        if (slo.getName().equals("nothing-to-see")) {
            assertThat(slo.getStatus()).isEqualTo(SloStatus.SLO_STATUS_NO_DATA);
            assertThat(slo.getTotal()).isZero();
            return;
        }
        boolean tasks = slo.getName().equals("tasks-available");
        Naive all = Naive.of(
                days, tasks ? RecordedDays.TASKS : RecordedDays.REQUESTS, days.fromMillis(), days.toMillis(), 10_000);
        double target = tasks ? AVAILABLE : FAST;
        Naive events = tasks ? all.with(RecordedDays.TYPE, slo.getGroup(0).getValue()) : all;
        long bad = tasks
                ? events.failed()
                : events.only(raw -> raw.value() > SLOW_SECONDS).count();
        assertThat(slo.getTotal()).isEqualTo(events.count());
        assertThat(slo.getGood()).isEqualTo(events.count() - bad);
        assertThat(slo.getTarget()).isEqualTo(target);
        double share = bad / (double) events.count();
        assertThat(slo.getAttained()).isCloseTo(1 - share, within(1e-12));
        assertThat(slo.getBudgetRemaining()).isCloseTo(1 - share / (1 - target), within(1e-9));
        assertThat(slo.getDescription()).isEqualTo(tasks ? "Nine tasks of ten succeed." : "");
        if (share > 1 - target) {
            assertThat(slo.getStatus()).isEqualTo(SloStatus.SLO_STATUS_BREACHED);
        }
    }
}
