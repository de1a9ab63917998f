/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import java.util.List;

/** Whether traces leave, if they are to. */
final class TraceExport implements Check {
    private static final String NAME = "traces";
    /** Share of spans lost that is more than a hiccup. */
    private static final double MANY = 0.1;

    @Override
    public List<Diagnosis> look(Observed observed) {
        TraceStanding.Seen traces = observed.traces();
        if (!traces.enabled()) {
            return List.of(
                    Diagnosis.ok(NAME, "traces are not exported; monitoring.opentelemetry.enabled switches that on"));
        }
        String sent = Words.count(traces.exported(), "span") + " exported to " + traces.endpoint();
        if (traces.failed() > 0) {
            String seen = sent + ", " + traces.failed() + " lost"
                    + (traces.lastError().isEmpty() ? "" : "; last: " + traces.lastError());
            return List.of(
                    traces.failed() >= MANY * traces.exported()
                            ? Diagnosis.trouble(
                                    NAME,
                                    seen,
                                    "see whether monitoring.jaeger.endpoint is the OTLP/HTTP address of a running receiver that is reachable from here:"
                                            + " port 4318, not Jaeger's 14268 or 16686")
                            : Diagnosis.notice(
                                    NAME, seen, "a lower sampling ratio sends fewer, if its receiver was too slow"));
        }
        if (traces.exported() == 0) {
            return List.of(Diagnosis.notice(
                    NAME,
                    "no " + sent.substring(2).replace("spans", "span") + " yet, and "
                            + Words.count(traces.tracedRecords(), "record") + " came with a trace id",
                    traces.tracedRecords() == 0
                            ? "producers send trace ids when their service is traced: see that OpenTelemetry is on there, and that the sampling ratio is above 0"
                            : "raise the sampling ratio, if it is very low"));
        }
        return List.of(Diagnosis.ok(NAME, sent));
    }
}
