/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

import java.util.Map;

/**
 * An alert that has begun to fire. Immutable.
 *
 * @param rule the rule's name
 * @param kind the kind of finding
 * @param group attributes of its group and member
 * @param firedAtMillis when, in milliseconds since 1970 UTC
 */
public record FiredAlert(String rule, String kind, Map<String, String> group, long firedAtMillis) {
    public FiredAlert {
        group = Map.copyOf(group);
    }

    /** The rule, and the kind where a rule judges several. */
    public String name() {
        return kind.isEmpty() || rule.contains(kind) ? rule : rule + "/" + kind;
    }

    /** What it is about, for people. */
    public String subject() {
        String agent = group.getOrDefault("gen_ai.agent.name", "");
        String instance = group.getOrDefault("gen_ai.agent.id", "");
        if (!instance.isEmpty()) {
            return instance;
        }
        return agent.isEmpty() ? group.getOrDefault("gen_ai.workflow.name", "whole system") : agent;
    }
}
