/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Attribute;
import java.util.ArrayList;
import java.util.List;

/** What to do about an alert, by its detector and kind. Stateless. */
final class Advice {
    private Advice() {}

    /** Sentences, first things first. */
    static List<String> sentences(Alert alert) {
        List<String> advice = new ArrayList<>();
        if (alert.getState() == AlertState.ALERT_STATE_RESOLVED) {
            advice.add("It is over. Worth a look if it comes again.");
        }
        advice.addAll(byDetector(alert));
        if (alert.getExampleTraceIdsCount() > 0) {
            advice.add("Open one of the example traces: it shows which step failed or took long.");
        }
        if (alert.getState() == AlertState.ALERT_STATE_FIRING) {
            advice.add("Acknowledge it (a) so that others see somebody takes care.");
        }
        return advice;
    }

    /** Commands that show more. */
    static List<String> commands(Alert alert, String target) {
        String to = " --target " + target;
        String agent = agent(alert);
        List<String> commands = new ArrayList<>();
        if (alert.getDetector().equals("slo")) {
            commands.add("tocsin slo show " + alert.getRule() + to);
        }
        commands.add("tocsin agents" + (agent.isEmpty() ? "" : " " + agent) + " --by-instance --since 5m" + to);
        if (alert.getDetector().equals("error-rate-spike") || alert.getKind().equals("errors")) {
            commands.add("tocsin agents" + (agent.isEmpty() ? "" : " " + agent) + " --by-task-type --since 5m" + to);
        }
        commands.add("tocsin alerts list --rule " + alert.getRule() + to);
        return commands;
    }

    private static List<String> byDetector(Alert alert) {
        return switch (alert.getDetector()) {
            case "latency-spike" ->
                List.of(
                        "See whether all instances are slow (then look at the model provider and shared tools) or one"
                                + " (then at its host).",
                        "Compare queue depth and token usage: longer prompts and waiting look the same from outside.");
            case "error-rate-spike" ->
                List.of(
                        "See which error type is most frequent: rate limits want less load or another provider,"
                                + " timeouts a look at what is called, tool errors a look at the tool.",
                        "If a deployment or a prompt change came just before, take it back first.");
            case "throughput-drop" ->
                List.of(
                        "See whether less is asked for (requests fall too) or less gets done (queues grow).",
                        "If the producer is lost rather than idle, its process or network is the place to look.");
            case "agent-failure" -> agentFailure(alert);
            case "slo" ->
                List.of(
                        "The budget burns: stop what changes (deployments, experiments) until it no longer does.",
                        "Find the agent or workflow that fails most; alerts about it usually stand beside this one.");
            case "outage" ->
                List.of("Almost everything fails: look at what all of it needs (model provider, network, credentials)"
                        + " before single agents.");
            case "absence" ->
                List.of("Nothing is recorded: see that the producer runs and reaches the collector (tocsin doctor).");
            case "threshold" ->
                List.of("A limit that somebody set is passed; the rule's description says why it is there.");
            default -> List.of("This detector comes with a plugin; its documentation says what its findings mean.");
        };
    }

    private static List<String> agentFailure(Alert alert) {
        String what = switch (alert.getKind()) {
            case "silence" -> "It does nothing while its peers work: see that its process lives and gets tasks.";
            case "latency" -> "It is slow while its peers are not: look at its host, its version, its share of load.";
            default -> "It fails while its peers do not: look at its log, its version, its credentials.";
        };
        return List.of(
                what, "Taking this instance out of the rotation helps at once, if its peers can carry its load.");
    }

    private static String agent(Alert alert) {
        return alert.getGroupList().stream()
                .filter(g -> g.getKey().equals("gen_ai.agent.name"))
                .map(Attribute::getValue)
                .findFirst()
                .orElse("");
    }
}
