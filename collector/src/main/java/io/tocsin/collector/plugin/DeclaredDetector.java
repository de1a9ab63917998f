/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import static java.util.Objects.requireNonNull;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A factory whose declarations were read once, so that they stay what they were (promise 8). Thread-safe as far as the factory is. */
record DeclaredDetector(
        String name,
        String summary,
        List<Input> inputs,
        List<Parameter<?>> parameters,
        int stateFormat,
        DetectorFactory factory)
        implements DetectorFactory {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /**
     * Reads all that the factory declares.
     *
     * @throws IllegalArgumentException naming the detector, what it declares and what is allowed
     */
    static DeclaredDetector of(DetectorFactory factory) {
        String type = factory.getClass().getName();
        String name = requireNonNull(factory.name(), () -> "name() of " + type);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of a detector must be 1 to 64 of a-z, 0-9 and '-', was \"" + name + "\" of " + type);
        }
        List<Input> inputs = List.copyOf(factory.inputs());
        List<Parameter<?>> parameters = List.copyOf(factory.parameters());
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("detector " + name + " must have an input, had none");
        }
        requireDistinct(name, "inputs", inputs.stream().map(Input::name).toList());
        requireDistinct(
                name, "parameters", parameters.stream().map(Parameter::name).toList());
        for (Input input : inputs) {
            if (input.threshold().isPresent()
                    && !parameters.contains(input.threshold().get())) {
                throw new IllegalArgumentException("detector " + name + " must declare the parameter "
                        + input.threshold().get() + " that its input " + input.name() + " takes its threshold from");
            }
        }
        if (factory.stateFormat() < 1) {
            throw new IllegalArgumentException(
                    "state format of detector " + name + " must be 1 or more, was " + factory.stateFormat());
        }
        return new DeclaredDetector(
                name,
                requireNonNull(factory.summary(), () -> "summary() of detector " + name),
                inputs,
                parameters,
                factory.stateFormat(),
                factory);
    }

    /** The same under another name. */
    DeclaredDetector named(String other) {
        return new DeclaredDetector(other, summary, inputs, parameters, stateFormat, factory);
    }

    @Override
    public Detector create(Parameters values) {
        return requireNonNull(factory.create(values), () -> "create() of detector " + name);
    }

    private static void requireDistinct(String detector, String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "detector " + detector + " must declare different " + what + ", declares " + name + " twice");
            }
        }
    }
}
