/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.DetectorContract;
import java.util.Map;

class SloLatencyContractTest extends DetectorContract {
    @Override
    protected DetectorFactory factory() {
        return new SloFactory();
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("type", "latency", "target", "0.95", "latency", "2", "window", "1h");
    }
}
