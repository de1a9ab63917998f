/* SPDX-License-Identifier: Apache-2.0 */
package com.example.tokenbudget;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.testkit.DetectorContract;
import java.util.Map;

class TokenBudgetContractTest extends DetectorContract {
    @Override
    protected DetectorFactory factory() {
        return new TokenBudgetFactory();
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("budget", "1000", "period", "5m");
    }
}
