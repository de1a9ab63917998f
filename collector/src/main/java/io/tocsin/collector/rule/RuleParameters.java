/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule's parameters, read from text; collects every problem. Not thread-safe. */
public final class RuleParameters implements Parameters {
    private final Map<Parameter<?>, Object> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private RuleParameters() {}

    /** Reads all that {@code declared} asks for; what is not in {@code texts} takes its default. */
    public static RuleParameters read(Map<String, String> texts, List<Parameter<?>> declared) {
        RuleParameters read = new RuleParameters();
        for (Parameter<?> parameter : declared) {
            String text = texts.get(parameter.name());
            if (text != null) {
                try {
                    read.values.put(parameter, parameter.parse(text));
                } catch (IllegalArgumentException e) {
                    read.problems.add("parameters." + e.getMessage());
                }
            } else {
                parameter
                        .defaultValue()
                        .ifPresentOrElse(
                                value -> read.values.put(parameter, value),
                                () -> read.problems.add(
                                        "parameters." + parameter.name() + " must be set: " + parameter.allowed()));
            }
        }
        for (String name : texts.keySet()) {
            if (declared.stream().noneMatch(p -> p.name().equals(name))) {
                read.problems.add("parameters." + name + " "
                        + Spelling.unknown(
                                name, declared.stream().map(Parameter::name).toList()));
            }
        }
        return read;
    }

    @Override
    @SuppressWarnings("unchecked") // each value was read by its own parameter
    public <T> T get(Parameter<T> parameter) {
        Object value = values.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException("parameter " + parameter.name() + " is not declared by the detector");
        }
        return (T) value;
    }

    @Override
    public void reject(Parameter<?> parameter, String reason) {
        problems.add("parameters." + parameter.name() + " " + reason);
    }

    /** Empty when all is sound; may be added to. */
    public List<String> problems() {
        return problems;
    }
}
