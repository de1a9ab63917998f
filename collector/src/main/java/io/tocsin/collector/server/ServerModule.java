/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.tocsin.collector.http.HttpCounters;
import io.tocsin.collector.telemetry.Telemetry;
import io.tocsin.collector.telemetry.Tracing;
import io.tocsin.collector.trace.Traces;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Wires what all stages share, and the list of them that is started and stopped. */
public record ServerModule(CallThreads threads, InstantSource clock, Tracing tracing, String build) implements Module {
    @Override
    public void configure(Binder binder) {
        binder.bind(CallThreads.class).toInstance(threads);
        binder.bind(Executor.class).toInstance(threads);
        binder.bind(InstantSource.class).toInstance(clock);
        binder.bind(Telemetry.class).toInstance(new Telemetry(build));
        binder.bind(Tracing.class).toInstance(tracing);
        binder.bind(Traces.class).toInstance(tracing.traces());
        binder.bind(HttpCounters.class).toInstance(new HttpCounters());
        binder.bind(Stages.class).in(Scopes.SINGLETON);
    }
}
