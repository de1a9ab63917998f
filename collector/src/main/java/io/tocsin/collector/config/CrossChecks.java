/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

/** What only several settings together show to be wrong, or a single one for what it was meant. Confined to one thread. */
final class CrossChecks {
    private static final int JAEGER_OWN_PORT = 14_268;

    private final CollectorConfig config;
    private final Map<String, SettingValue> values;
    private final Problems problems;

    /**
     * @param config in which a value that is wrong by itself has its default
     * @param values by key
     * @param problems told so far: what is known to be wrong is not judged again
     */
    CrossChecks(CollectorConfig config, Map<String, SettingValue> values, Problems problems) {
        this.config = config;
        this.values = values;
        this.problems = problems;
    }

    void run() {
        long batchBytes = config.ingest().maxBatchBytes();
        long waitingBytes = config.journal().maxWaitingBytes();
        long groupBytes = config.journal().groupMaxBytes();
        int linePoints = config.query().maxPoints();
        notLess("ingest.max-bytes-in-flight", config.ingest().maxBytesInFlight(), "ingest.max-batch-bytes", batchBytes);
        notLess("journal.max-waiting-bytes", waitingBytes, "ingest.max-batch-bytes", batchBytes);
        notLess("journal.max-waiting-bytes", waitingBytes, "journal.group-max-bytes", groupBytes);
        notLess("query.max-page-points", config.query().maxPagePoints(), "query.max-points", linePoints);
        if (config.windows().sealAfter().compareTo(config.windows().allowance()) <= 0) {
            relation("windows.seal-after", "must be longer than", "windows.allowance");
        }
        oldJaegerAddress(config.jaeger().endpoint());
    }

    private void notLess(String key, long value, String other, long least) {
        if (value < least) {
            relation(key, "must not be less than", other);
        }
    }

    private void relation(String key, String must, String other) {
        SettingValue standing = value(key);
        SettingValue held = value(other);
        if (!problems.areAbout(standing.key()) && !problems.areAbout(held.key())) {
            problems.add(
                    standing.key(),
                    must + " " + held.key() + ", which is " + held.text().orElse("") + " ("
                            + held.origin().words() + "); was \""
                            + standing.text().orElse("") + "\"",
                    standing.origin().words());
        }
    }

    private void oldJaegerAddress(URI endpoint) {
        boolean isOld = endpoint.getPort() == JAEGER_OWN_PORT
                || String.valueOf(endpoint.getPath()).startsWith("/api/traces");
        SettingValue standing = value("jaeger.endpoint");
        if (isOld && !problems.areAbout(standing.key())) {
            problems.add(
                    standing.key(),
                    "is Jaeger's address for its own old format, and Tocsin sends OTLP; set it to "
                            + endpoint.getScheme() + "://" + endpoint.getHost() + ":4318/v1/traces, was \"" + endpoint
                            + "\"",
                    standing.origin().words());
        }
    }

    private SettingValue value(String key) {
        return Objects.requireNonNull(values.get(CollectorConfig.PREFIX + "." + key), key);
    }
}
