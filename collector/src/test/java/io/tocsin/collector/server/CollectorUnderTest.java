/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.grpc.ServerInterceptor;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.journal.EngineClock;

/** Starts a collector with what only tests choose: its clock and its tenants. */
public final class CollectorUnderTest {
    private CollectorUnderTest() {}

    public static Collector start(CollectorSettings settings, EngineClock clock, ServerInterceptor tenants)
            throws CollectorStartException {
        return Collector.start(settings, clock, tenants, line -> {});
    }
}
