/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;

/** All metrics of one collector. Thread-safe. */
public final class Telemetry implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final StageMeters stages = new StageMeters(registry);
    private final StoreMeters stores = new StoreMeters(registry);
    private final ReaderMeters readers = new ReaderMeters(registry);
    private final AgentRequestMeters agentRequests = new AgentRequestMeters(registry);

    /** Names that Prometheus' own check complains of. */
    private static final List<String> ILL_NAMED = List.of("process.cpu.time", "system.cpu.count");

    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * @param version of the build
     */
    public Telemetry(String version) {
        registry.config().meterFilter(MeterFilter.deny(id -> ILL_NAMED.contains(id.getName())));
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        processCpu();
        Gauge.builder("tocsin.build.info", () -> 1)
                .description("always 1; the version is in the label")
                .tag("version", version)
                .register(registry);
    }

    private void processCpu() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu", system, s -> s.getProcessCpuTime() / NANOS_PER_SECOND)
                    .baseUnit("seconds")
                    .description("processor time used by this process")
                    .register(registry);
        }
    }

    /** Where stages bind their counters, once. */
    public StageMeters stages() {
        return stages;
    }

    /** Where stores on disk bind theirs, once. */
    public StoreMeters stores() {
        return stores;
    }

    /** Where those who look and are told bind theirs, once. */
    public ReaderMeters readers() {
        return readers;
    }

    /** Where the collected request metrics come from. */
    public AgentRequestMeters agentRequests() {
        return agentRequests;
    }

    /**
     * Everything, as it is now.
     *
     * @param accepted content types that the reader accepts, as in HTTP's Accept; "" for plain text
     */
    public String scrape(String accepted) {
        agentRequests.refresh();
        return registry.scrape(contentType(accepted));
    }

    /** What {@link #scrape} answers with. */
    public String contentType(String accepted) {
        return accepted.contains("application/openmetrics-text")
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
