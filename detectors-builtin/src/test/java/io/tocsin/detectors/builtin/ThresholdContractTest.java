/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.DetectorContract;
import java.util.Map;

class ThresholdContractTest extends DetectorContract {
    @Override
    protected DetectorFactory factory() {
        return new ThresholdFactory();
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("statistic", "quantile", "above", "0.9");
    }

    @Override
    protected Map<String, Map<String, String>> refused() {
        return Map.of(
                "above", Map.of("above", "none", "below", "none"),
                "below", Map.of("below", "1.5", "above", "1.25"));
    }
}
