/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.doctor;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.v1.DiagnoseRequest;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** What the collector says: that it is one, how it is, and what it finds itself. Confined to one thread. */
final class CollectorAnswer {
    /** So far apart, times in charts and alerts mislead. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private final CollectorConnection collector;
    private final WayThere way;
    private final String ownVersion;
    private final InstantSource clock;

    CollectorAnswer(CollectorConnection collector, WayThere way, String ownVersion, InstantSource clock) {
        this.collector = collector;
        this.way = way;
        this.ownVersion = ownVersion;
        this.clock = clock;
    }

    void ask(Findings findings) {
        GetHealthResponse health;
        try {
            health = collector.queries().getHealth(GetHealthRequest.getDefaultInstance());
        } catch (StatusRuntimeException e) {
            noCollector(e, findings);
            return;
        }
        findings.ok("collector", "a Tocsin collector answers, version " + known(health.getVersion()));
        version(health, findings);
        health(health, findings);
        clocks(health, findings);
        diagnose(findings);
    }

    private void noCollector(StatusRuntimeException e, Findings findings) {
        String target = collector.target();
        if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
            findings.trouble(
                    "collector",
                    target + " speaks gRPC, but is no Tocsin collector: it does not know tocsin.v1.QueryService",
                    "is it another service's port? tocsin serve listens on 7317 unless told otherwise");
            return;
        }
        switch (way.kind().orElse("")) {
            case "tls" ->
                findings.trouble(
                        "collector",
                        target + " wants TLS, and this command speaks without",
                        "a proxy stands before the collector: give the collector's own port, or one that the proxy passes"
                                + " on without TLS (a tunnel such as ssh -L 7317:127.0.0.1:7317 HOST does)");
            case "http" ->
                findings.trouble(
                        "collector",
                        target + " speaks HTTP/1, not gRPC",
                        "it may be the collector's HTTP port: the gRPC port is in its first line, \"tocsin ready grpc=...\"");
            case "http or tls" ->
                findings.trouble(
                        "collector",
                        target + " speaks HTTP/1 or wants TLS, not gRPC without TLS",
                        "it may be the collector's HTTP port, or a proxy: the gRPC port is in the collector's first line,"
                                + " \"tocsin ready grpc=...\"");
            default ->
                findings.trouble(
                        "collector",
                        String.valueOf(collector.explain(e).getMessage()),
                        "something listens there; see what (ss -ltnp on that machine), and whether --target is right");
        }
    }

    private void version(GetHealthResponse health, Findings findings) {
        if (!ownVersion.isEmpty() && !health.getVersion().isEmpty() && !ownVersion.equals(health.getVersion())) {
            findings.notice(
                    "version",
                    "this command is " + ownVersion + ", the collector " + health.getVersion(),
                    "calls that one of them does not know yet are answered with \"does not know this call\"; bring both to"
                            + " one version");
        }
    }

    private static void health(GetHealthResponse health, Findings findings) {
        String reasons = String.join("; ", health.getReasonsList());
        String status = health.getStatus().name().replace("STATUS_", "").toLowerCase(Locale.ROOT);
        switch (health.getStatus()) {
            case STATUS_OK -> findings.ok("health", "the collector says it is well");
            case STATUS_DEGRADED ->
                findings.notice(
                        "health", "the collector is " + status + ": " + reasons, "its reasons say what to look at");
            default ->
                findings.trouble(
                        "health", "the collector is " + status + ": " + reasons, "its reasons say what to look at");
        }
    }

    private void clocks(GetHealthResponse health, Findings findings) {
        health.getPartitionsList().stream()
                .filter(p -> p.getRecording().isEmpty() && p.hasEngineTime())
                .findFirst()
                .ifPresent(p -> {
                    Instant engine = Instant.ofEpochSecond(
                            p.getEngineTime().getSeconds(), p.getEngineTime().getNanos());
                    Duration apart = Duration.between(engine, clock.instant());
                    if (apart.abs().compareTo(CLOCKS_APART) > 0) {
                        findings.notice(
                                "own-clock",
                                "this machine's clock is " + apart.abs().toSeconds() + " s "
                                        + (apart.isNegative() ? "behind" : "ahead of") + " the collector's engine",
                                "synchronise both clocks (chrony, ntp); if the engine lags behind its journal, see health");
                    } else {
                        findings.ok("own-clock", "this machine's clock and the collector's agree within 5 s");
                    }
                });
    }

    private void diagnose(Findings findings) {
        try {
            findings.addAll(collector
                    .admin()
                    .diagnose(DiagnoseRequest.getDefaultInstance())
                    .getFindingsList());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                findings.notice(
                        "diagnosis",
                        "this collector cannot diagnose itself: it is older than this command",
                        "bring the collector to this version");
            } else {
                findings.trouble(
                        "diagnosis",
                        "the collector did not answer: " + collector.explain(e).getMessage(),
                        "see its log");
            }
        }
    }

    private static String known(String version) {
        return version.isEmpty() ? "unknown" : version;
    }
}
