/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.doctor;

import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Colour;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.TargetOption;
import io.tocsin.cli.terminal.Paragraph;
import io.tocsin.cli.terminal.SafeText;
import io.tocsin.v1.DiagnoseResponse;
import io.tocsin.v1.Diagnosis;
import io.tocsin.v1.Diagnosis.Verdict;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks for the usual troubles and says how to remedy each.",
            "",
            "First what can be seen from here: whether the name is known, something listens, it speaks gRPC without TLS, "
                    + "it is a Tocsin collector of this version. Then what the collector finds itself: nothing arriving, "
                    + "clocks apart, a plugin set aside, an SLO that does not update, too many alarms, no traces, channels "
                    + "that fail, limits reached."
        },
        footer = {
            "",
            "Exit code 1: something does not work as it should.",
            "Example: tocsin doctor --target 10.0.0.7:7317"
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final int COLUMNS = 80;
    private static final int VERDICT = 9;
    private static final String INDENT = " ".repeat(VERDICT);

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;
    private final String ownVersion;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Option(names = "--json", description = "One JSON object with all findings, for programs.")
    private boolean json;

    /** Compares the collector's clock with {@code clock}, and its version with {@code ownVersion}, which is empty if not known. */
    public DoctorCommand(Console console, ChannelFactory channels, InstantSource clock, String ownVersion) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
        this.ownVersion = ownVersion;
    }

    @Override
    public Integer call() {
        Findings findings = new Findings();
        WayThere way = new WayThere(target.target());
        if (way.look(findings)) {
            try (CollectorConnection collector = new CollectorConnection(target.target(), channels)) {
                new CollectorAnswer(collector, way, ownVersion, clock).ask(findings);
            }
        }
        if (json) {
            JsonLines.print(
                    console.out(),
                    DiagnoseResponse.newBuilder().addAllFindings(findings.all()).build());
        } else {
            findings.all().forEach(this::print);
            console.out().println(findings.anyTrouble() ? "" : "nothing is wrong");
            console.out().flush();
        }
        return findings.anyTrouble() ? ExitCode.BAD_RESULT : ExitCode.OK;
    }

    private void print(Diagnosis finding) {
        String verdict = word(finding.getVerdict());
        String painted = console.paint(colour(finding.getVerdict()), verdict) + " ".repeat(VERDICT - verdict.length());
        String said = finding.getCheck() + ": " + SafeText.of(finding.getSeen(), true);
        boolean first = true;
        for (String line : Paragraph.wrap(said, COLUMNS - VERDICT)) {
            console.out().println((first ? painted : INDENT) + line);
            first = false;
        }
        if (!finding.getRemedy().isEmpty()) {
            String arrow = "-> ";
            for (String line :
                    Paragraph.wrap(SafeText.of(finding.getRemedy(), true), COLUMNS - VERDICT - arrow.length())) {
                console.out().println(INDENT + arrow + line);
                arrow = "   ";
            }
        }
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case VERDICT_OK -> "ok";
            case VERDICT_NOTICE -> "notice";
            case VERDICT_TROUBLE -> "TROUBLE";
            default -> "?";
        };
    }

    private static Colour colour(Verdict verdict) {
        return switch (verdict) {
            case VERDICT_OK -> Colour.GOOD;
            case VERDICT_TROUBLE -> Colour.BAD;
            default -> Colour.WARN;
        };
    }
}
