/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import java.util.List;

/** A plugin with a bug that shows as an Error. */
final class FailsToCreate implements DetectorFactory {
    @Override
    public String name() {
        return "fails";
    }

    @Override
    public String summary() {
        return "Cannot be created.";
    }

    @Override
    public List<Input> inputs() {
        return List.of(Input.outcomes("calls", "calls"));
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of();
    }

    @Override
    public Detector create(Parameters parameters) {
        throw new StackOverflowError("too deep");
    }
}
