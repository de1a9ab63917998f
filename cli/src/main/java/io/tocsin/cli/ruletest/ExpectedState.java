/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import java.util.List;

/** What should be firing at a time, all of it. Immutable. */
record ExpectedState(long atMillis, List<AlertPattern> alerts) {
    ExpectedState {
        alerts = List.copyOf(alerts);
    }
}
