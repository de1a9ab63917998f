/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.grpc.ServerInterceptor;
import io.tocsin.collector.ingest.IngestCounters;
import io.tocsin.collector.ingest.IngestDoor;
import io.tocsin.collector.ingest.IngestSettings;
import io.tocsin.collector.ingest.ProducerReader;
import java.time.Duration;
import java.time.InstantSource;

/** Wires the way in. */
public record IngestModule(IngestSettings settings, Duration lostAfter, InstantSource clock, ServerInterceptor tenant)
        implements Module {
    @Override
    public void configure(Binder binder) {
        binder.bind(ServerInterceptor.class).toInstance(tenant);
        binder.bind(IngestSettings.class).toInstance(settings);
        IngestCounters counters = new IngestCounters(settings);
        binder.bind(IngestCounters.class).toInstance(counters);
        binder.bind(ProducerReader.class)
                .toInstance((of, partition) ->
                        counters.producers().of(of, partition, clock.millis(), lostAfter.toMillis()));
        binder.bind(IngestDoor.class).in(Scopes.SINGLETON);
    }
}
