/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import io.tocsin.v1.Attribute;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.ErrorTypeDefinition;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.SeriesKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Series as an orchestrator has them, four attributes each: nine in ten are agents', by type, instance and task, one in ten
 * is a workflow's. So all default rules have something to do. Immutable.
 */
public final class OrchestratorSeries {
    private static final int DEFINITIONS_A_MESSAGE = 5_000;
    private static final int INSTANCES_OF_A_TYPE = 10;
    private static final int TASK_TYPES = 5;

    private final int series;

    public OrchestratorSeries(int series) {
        this.series = series;
    }

    public String metric(int id) {
        return isWorkflow(id) ? "gen_ai.workflow.duration" : "gen_ai.invoke_agent.duration";
    }

    private static boolean isWorkflow(int id) {
        return id % 10 == 9;
    }

    /** Agent types grow in number with the series, at most 100, then instances of a type. */
    public Map<String, String> attributes(int id) {
        int types = Math.max(1, Math.min(100, series / (INSTANCES_OF_A_TYPE * TASK_TYPES)));
        int rest = id / TASK_TYPES;
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("tocsin.task.type", "task-" + id % TASK_TYPES);
        attributes.put("deployment.environment.name", "production");
        if (isWorkflow(id)) {
            attributes.put("gen_ai.workflow.name", "workflow-" + rest % types);
            attributes.put("service.instance.id", "orchestrator-" + rest / types);
        } else {
            attributes.put("gen_ai.agent.name", "agent-" + rest % types);
            attributes.put("gen_ai.agent.id", "agent-" + rest % types + "-" + rest / types);
        }
        return attributes;
    }

    /** All series, and error type 1. */
    List<Definitions> definitions() {
        List<Definitions> messages = new ArrayList<>();
        Definitions.Builder message = Definitions.newBuilder()
                .addErrorTypes(ErrorTypeDefinition.newBuilder().setId(1).setName("timeout"));
        for (int id = 0; id < series; id++) {
            SeriesDefinition.Builder definition =
                    SeriesDefinition.newBuilder().setId(id).setName(metric(id)).setKind(SeriesKind.SERIES_KIND_OUTCOME);
            attributes(id)
                    .forEach((key, value) -> definition.addAttributes(
                            Attribute.newBuilder().setKey(key).setValue(value)));
            message.addSeries(definition);
            if (message.getSeriesCount() == DEFINITIONS_A_MESSAGE || id == series - 1) {
                messages.add(message.build());
                message = Definitions.newBuilder();
            }
        }
        return messages;
    }
}
