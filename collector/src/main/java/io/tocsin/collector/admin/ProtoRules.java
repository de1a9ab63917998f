/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallErrors.Violation;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.collector.stream.ProtoSelectors;
import io.tocsin.v1.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rules as they come and go over the wire. Thread-safe. */
final class ProtoRules {
    private static final int MAX_INPUTS = 16;
    private static final int MAX_PARAMETERS = 64;
    private static final int MAX_PARAMETER_CHARS = 4_096;
    private static final int MAX_LABELS = 32;
    private static final int MAX_DESCRIPTION_CHARS = 1_000;

    private final RuleCheck check;

    ProtoRules(RuleCheck check) {
        this.check = check;
    }

    /** Throws INVALID_ARGUMENT with all that the check finds. Output-only fields are not read. */
    Rule read(io.tocsin.v1.Rule proto) {
        requireAtMost("rule.inputs", proto.getInputsCount(), MAX_INPUTS);
        requireAtMost("rule.parameters", proto.getParametersCount(), MAX_PARAMETERS);
        proto.getParametersMap()
                .forEach((name, text) ->
                        requireAtMost("length of rule.parameters." + name, text.length(), MAX_PARAMETER_CHARS));
        requireAtMost("length of rule.description", proto.getDescription().length(), MAX_DESCRIPTION_CHARS);
        Rule rule = check.complete(new Rule(
                proto.getName(),
                proto.getDetector(),
                inputs(proto),
                proto.getGroupByList(),
                proto.getMemberByList(),
                proto.hasStep()
                        ? CallTimes.millis("rule.step", proto.getStep())
                        : check.defaults().stepMillis(proto.getDetector()),
                proto.getParametersMap(),
                CallTimes.millis("rule.for", proto.getFor()),
                CallTimes.millis("rule.keep_firing_for", proto.getKeepFiringFor()),
                CallTimes.millis("rule.cooldown", proto.getCooldown()),
                proto.getClearBelow() == 0 ? 1 : proto.getClearBelow(),
                proto.getSensitivity() == 0 ? 1 : proto.getSensitivity(),
                ProtoAlerts.severity("rule.severity", proto.getSeverity(), proto.getSeverityValue()),
                labels(proto.getLabelsList()),
                proto.getDisabled(),
                proto.getDescription(),
                Origin.API));
        List<Violation> violations = new ArrayList<>();
        for (String problem : check.problems(rule)) {
            // each begins with the field's name
            int space = problem.indexOf(' ');
            violations.add(
                    space < 0
                            ? new Violation("rule", problem)
                            : new Violation("rule." + problem.substring(0, space), problem.substring(space + 1)));
        }
        if (!violations.isEmpty()) {
            throw CallErrors.invalid(violations);
        }
        return rule;
    }

    private static void requireAtMost(String what, int count, int most) {
        if (count > most) {
            throw CallErrors.invalid(what, "must be at most " + most + ", was " + count);
        }
    }

    private static List<RuleInput> inputs(io.tocsin.v1.Rule proto) {
        List<RuleInput> inputs = new ArrayList<>();
        for (int i = 0; i < proto.getInputsCount(); i++) {
            io.tocsin.v1.RuleInput input = proto.getInputs(i);
            inputs.add(new RuleInput(
                    input.getInput(), ProtoSelectors.selector("rule.inputs[" + i + "].selector", input.getSelector())));
        }
        return inputs;
    }

    private static Attributes labels(List<Attribute> labels) {
        requireAtMost("rule.labels", labels.size(), MAX_LABELS);
        Map<String, String> read = new TreeMap<>();
        for (Attribute label : labels) {
            boolean sized = !label.getKey().isEmpty()
                    && label.getKey().length() <= 128
                    && label.getValue().length() <= 256;
            if (!sized || read.put(label.getKey(), label.getValue()) != null) {
                throw CallErrors.invalid(
                        "rule.labels",
                        "must have unique keys of 1 to 128 characters and values of at most 256, one was \""
                                + label.getKey() + "\" with " + label.getValue().length() + " characters");
            }
        }
        return Attributes.of(read);
    }

    static io.tocsin.v1.Rule write(Rule rule, String problem) {
        io.tocsin.v1.Rule.Builder proto = io.tocsin.v1.Rule.newBuilder()
                .setName(rule.name())
                .setDetector(rule.detector())
                .addAllGroupBy(rule.groupBy())
                .addAllMemberBy(rule.memberBy())
                .setStep(CallTimes.duration(rule.stepMillis()))
                .putAllParameters(rule.parameters())
                .setFor(CallTimes.duration(rule.forMillis()))
                .setKeepFiringFor(CallTimes.duration(rule.keepFiringMillis()))
                .setCooldown(CallTimes.duration(rule.cooldownMillis()))
                .setClearBelow(rule.clearBelow())
                .setSensitivity(rule.sensitivity())
                .addAllLabels(ProtoAlerts.attributes(rule.labels()))
                .setDisabled(rule.disabled())
                .setDescription(rule.description())
                .setOrigin(rule.origin().word())
                .setProblem(problem);
        rule.severity().map(ProtoAlerts::severity).ifPresent(proto::setSeverity);
        for (RuleInput input : rule.inputs()) {
            proto.addInputsBuilder().setInput(input.input()).setSelector(selector(input.selector()));
        }
        return proto.build();
    }

    private static io.tocsin.v1.Selector selector(Selector selector) {
        io.tocsin.v1.Selector.Builder proto = io.tocsin.v1.Selector.newBuilder().setMetric(selector.metric());
        for (Matcher matcher : selector.matchers()) {
            proto.addMatchersBuilder()
                    .setKey(matcher.key())
                    .setOperator(operator(matcher.operator()))
                    .addAllValues(matcher.values());
        }
        return proto.build();
    }

    private static io.tocsin.v1.Matcher.Operator operator(Matcher.Operator operator) {
        return switch (operator) {
            case EQUAL -> io.tocsin.v1.Matcher.Operator.OPERATOR_EQUAL;
            case NOT_EQUAL -> io.tocsin.v1.Matcher.Operator.OPERATOR_NOT_EQUAL;
            case IN -> io.tocsin.v1.Matcher.Operator.OPERATOR_IN;
            case NOT_IN -> io.tocsin.v1.Matcher.Operator.OPERATOR_NOT_IN;
        };
    }
}
