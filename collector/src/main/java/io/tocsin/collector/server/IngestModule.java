/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.grpc.ServerInterceptor;
import io.tocsin.collector.ingest.IngestCounters;
import io.tocsin.collector.ingest.IngestDoor;
import io.tocsin.collector.ingest.IngestSettings;

/** Wires the way in. */
public record IngestModule(IngestSettings settings, ServerInterceptor tenant) implements Module {
    @Override
    public void configure(Binder binder) {
        binder.bind(ServerInterceptor.class).toInstance(tenant);
        binder.bind(IngestSettings.class).toInstance(settings);
        binder.bind(IngestCounters.class).toInstance(new IngestCounters(settings));
        binder.bind(IngestDoor.class).in(Scopes.SINGLETON);
    }
}
