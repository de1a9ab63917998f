/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the incidents of a script do to calls at an instant. Asked in order of time; confined to its simulation's thread. */
final class Effects {
    private List<Incident> incidents;
    private int next;
    private @Nullable Incident active;

    Effects(List<Incident> incidents) {
        this.incidents = inOrder(incidents);
    }

    /** Other incidents from now on. */
    void replace(List<Incident> other) {
        incidents = inOrder(other);
        next = 0;
    }

    private static List<Incident> inOrder(List<Incident> incidents) {
        for (int i = 1; i < incidents.size(); i++) {
            if (incidents.get(i).startMillis() < incidents.get(i - 1).endMillis()) {
                throw new IllegalArgumentException("incidents must be in order and not overlap: " + incidents.get(i - 1)
                        + ", then " + incidents.get(i));
            }
        }
        return List.copyOf(incidents);
    }

    void moveTo(double millis) {
        while (next < incidents.size() && incidents.get(next).endMillis() <= millis) {
            next++;
        }
        active = next < incidents.size() && incidents.get(next).at(millis) ? incidents.get(next) : null;
    }

    /** By what latencies of this instance are multiplied; 1 usually. */
    double latencyFactor(String agentType, String instance) {
        Incident here = covering(agentType, instance);
        return here != null && here.kind() == IncidentKind.LATENCY_SPIKE ? here.size() : 1;
    }

    /** Share of this instance's calls that fail on top of the usual, 0 to 1. */
    double extraErrors(String agentType, String instance) {
        Incident here = covering(agentType, instance);
        if (here == null) {
            return 0;
        }
        return switch (here.kind()) {
            case ERROR_BURST, AGENT_FAILING -> here.size();
            case SLO_BURN -> here.size() * IncidentKind.ERROR_BUDGET;
            case LATENCY_SPIKE, THROUGHPUT_DROP, SILENCE -> 0;
        };
    }

    /** Share of this instance's calls that are missing, 0 to 1. */
    double missing(String agentType, String instance) {
        return missing(covering(agentType, instance));
    }

    /** Share of workflows that are missing: only when the whole system is hit. */
    double missingWorkflows() {
        return missing(active != null && active.place().isEverywhere() ? active : null);
    }

    /** Share of workflows that fail because the error budget burns; 0 when it does not. */
    double burntShare() {
        return active != null && active.kind() == IncidentKind.SLO_BURN ? active.size() * IncidentKind.ERROR_BUDGET : 0;
    }

    private static double missing(@Nullable Incident incident) {
        if (incident == null) {
            return 0;
        }
        return switch (incident.kind()) {
            case THROUGHPUT_DROP -> incident.size();
            case SILENCE -> 1;
            case LATENCY_SPIKE, ERROR_BURST, AGENT_FAILING, SLO_BURN -> 0;
        };
    }

    private @Nullable Incident covering(String agentType, String instance) {
        return active != null && active.place().covers(agentType, instance) ? active : null;
    }
}
