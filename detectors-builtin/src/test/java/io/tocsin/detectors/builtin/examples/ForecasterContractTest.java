/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.DetectorContract;
import java.util.Map;

class ForecasterContractTest extends DetectorContract {
    @Override
    protected DetectorFactory factory() {
        return new Forecaster.Factory();
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("limit", "3");
    }

    @Override
    protected boolean isNamedForTheServiceLoader() {
        return false;
    }
}
