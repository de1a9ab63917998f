/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.DetectorContract;

class LatencySpikeContractTest extends DetectorContract {
    @Override
    protected DetectorFactory factory() {
        return new LatencySpikeFactory();
    }
}
