/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.DetectorContract;

class WorkerContractTest extends DetectorContract {
    @Override
    protected DetectorFactory factory() {
        return new Worker.Factory();
    }

    @Override
    protected boolean isNamedForTheServiceLoader() {
        return false;
    }
}
