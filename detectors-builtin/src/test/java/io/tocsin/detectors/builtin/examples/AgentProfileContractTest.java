/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.DetectorContract;

class AgentProfileContractTest extends DetectorContract {
    @Override
    protected DetectorFactory factory() {
        return new AgentProfile.Factory();
    }

    @Override
    protected boolean isNamedForTheServiceLoader() {
        return false;
    }
}
