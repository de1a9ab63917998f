/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.DetectorContract;
import java.util.Map;

class SloContractTest extends DetectorContract {
    @Override
    protected DetectorFactory factory() {
        return new SloFactory();
    }

    @Override
    protected Map<String, Map<String, String>> refused() {
        return Map.of(
                "target", Map.of("target", "1.5"),
                "latency", Map.of("type", "latency"),
                "alert-windows", Map.of("alert-windows", "short=1h long=5m factor=2"));
    }
}
