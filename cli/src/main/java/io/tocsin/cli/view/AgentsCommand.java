/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import com.google.protobuf.Timestamp;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.Console;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.cli.console.JsonLines;
import io.tocsin.cli.console.Table;
import io.tocsin.cli.console.Words;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.ListAgentMetricsRequest;
import io.tocsin.v1.ListAgentMetricsResponse;
import io.tocsin.v1.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agents}. */
@Command(
        name = "agents",
        description = "Shows rate, errors and latency of each agent type, busiest first.",
        footer = {"", "Example: tocsin agents coder --by-instance --since 5m"})
public final class AgentsCommand implements Callable<Integer> {
    /** What the collector takes for live data when no time is given. */
    private static final Duration DEFAULT_SINCE = Duration.ofMinutes(15);

    private final Console console;
    private final ChannelFactory channels;
    private final InstantSource clock;

    @Mixin
    private final ViewOptions view = new ViewOptions();

    @Parameters(paramLabel = "TYPE", arity = "0..1", description = "Only this agent type (gen_ai.agent.name).")
    private String type = "";

    @Option(names = "--by-instance", description = "One line per instance (gen_ai.agent.id).")
    private boolean byInstance;

    @Option(names = "--by-task-type", description = "One line per task type (tocsin.task.type).")
    private boolean byTaskType;

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "How far back: 90s, 5m, 2h (default: 15m; for a recording all of it).")
    private @Nullable Duration since;

    /** Asks the collector for times back from {@code clock}. */
    public AgentsCommand(Console console, ChannelFactory channels, InstantSource clock) {
        this.console = console;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<AgentMetrics> agents = new ArrayList<>();
        try (CollectorConnection collector = new CollectorConnection(view.target(), channels)) {
            ListAgentMetricsRequest.Builder request = request();
            String page;
            do {
                ListAgentMetricsResponse answer =
                        collector.ask(() -> collector.queries().listAgentMetrics(request.build()));
                agents.addAll(answer.getAgentsList());
                page = answer.getNextPageToken();
                request.setPageToken(page);
            } while (!page.isEmpty());
        }
        if (view.json()) {
            agents.forEach(agent -> JsonLines.print(console.out(), agent));
        } else if (agents.isEmpty()) {
            console.out().println(none());
        } else {
            print(agents);
        }
        return ExitCode.OK;
    }

    private String none() {
        String recording = view.scope().getRecording();
        String when = since != null || recording.isEmpty()
                ? " in the last " + Words.length(since == null ? DEFAULT_SINCE : since)
                : "";
        return "no agents" + (type.isEmpty() ? "" : " of type " + type) + when
                + (recording.isEmpty() ? "" : " in recording " + recording);
    }

    private ListAgentMetricsRequest.Builder request() {
        ListAgentMetricsRequest.Builder request = ListAgentMetricsRequest.newBuilder()
                .setAgentType(type)
                .setByInstance(byInstance)
                .setByTaskType(byTaskType)
                .setScope(view.scope())
                .setPageSize(1_000);
        if (since != null) {
            Instant from = clock.instant().minus(since);
            request.setRange(TimeRange.newBuilder()
                    .setStartTime(Timestamp.newBuilder()
                            .setSeconds(from.getEpochSecond())
                            .setNanos(from.getNano())));
        }
        return request;
    }

    private void print(List<AgentMetrics> agents) {
        List<String> headings = new ArrayList<>(List.of("AGENT"));
        if (byInstance) {
            headings.add("INSTANCE");
        }
        if (byTaskType) {
            headings.add("TASK");
        }
        headings.addAll(List.of(">COUNT", ">PER SECOND", ">FAILED", ">P50", ">P95", ">P99"));
        Table table = new Table(headings.toArray(String[]::new));
        for (AgentMetrics agent : agents) {
            table.add(row(agent));
        }
        table.print(console.out(), ViewOptions.COLUMNS);
    }

    private String[] row(AgentMetrics agent) {
        List<String> cells = new ArrayList<>(List.of(agent.getAgentType()));
        if (byInstance) {
            cells.add(agent.getInstance());
        }
        if (byTaskType) {
            cells.add(agent.getTaskType());
        }
        cells.add(Words.count(agent.getCount()));
        cells.add(String.format(Locale.ROOT, "%.1f", agent.getRate()));
        cells.add(Words.percent(agent.getErrorRatio()));
        boolean any = agent.hasLatency();
        cells.add(any ? Words.seconds(agent.getLatency().getP50()) : "-");
        cells.add(any ? Words.seconds(agent.getLatency().getP95()) : "-");
        cells.add(any ? Words.seconds(agent.getLatency().getP99()) : "-");
        return cells.toArray(String[]::new);
    }
}
