/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.Message;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Dashboard;
import io.tocsin.v1.TrendPoint;
import io.tocsin.v1.Usage;
import io.tocsin.v1.WatchDashboardResponse;
import io.tocsin.v1.WatchSlosResponse;

/** What must differ between two answers of a watch for them to differ: all but what goes on by itself with time. */
final class Essence {
    private Essence() {}

    static Message of(WatchDashboardResponse answer) {
        Dashboard.Builder dashboard = answer.getDashboard().toBuilder();
        dashboard.clearTime().clearStartTime().clearEndTime();
        dashboard.getRequestsBuilder().clearRate().clearCoverage();
        dashboard.getAgentTasksBuilder().clearRate().clearCoverage();
        dashboard.getAgentsBuilderList().forEach(AgentMetrics.Builder::clearCoverage);
        dashboard.getAgentsBuilderList().forEach(AgentMetrics.Builder::clearRate);
        dashboard.getPointsBuilderList().forEach(TrendPoint.Builder::clearRate);
        dashboard.getUsageBuilderList().forEach(Usage.Builder::clearRate);
        return dashboard.build();
    }

    static Message of(WatchSlosResponse answer) {
        return answer.toBuilder().clearTime().build();
    }
}
