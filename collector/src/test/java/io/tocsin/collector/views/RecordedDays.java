/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import com.google.protobuf.Duration;
import io.grpc.Channel;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.OutcomeStatus;
import io.tocsin.v1.Position;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.PushResponse;
import io.tocsin.v1.SeriesKind;
import io.tocsin.v1.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Twenty minutes at noon of two days, as an orchestrator and its agents would have sent them: three agent types of two instances, two kinds of
 * tasks, errors, traces, gauges and counters, a pause, and an incident in which one agent type fails. On the second day all is slower.
 */
public final class RecordedDays {
    public static final String RECORDING = "two-days";
    public static final String TASKS = "gen_ai.invoke_agent.duration";
    public static final String REQUESTS = "gen_ai.workflow.duration";
    public static final String TOKENS = "gen_ai.client.token.usage";
    public static final String COST = "tocsin.cost";
    public static final String QUEUE = "tocsin.queue.depth";
    public static final String TYPE = "gen_ai.agent.name";
    public static final String INSTANCE = "gen_ai.agent.id";
    public static final String TASK_TYPE = "tocsin.task.type";
    public static final List<String> TYPES = List.of("coder", "planner", "reviewer");

    /** The agent type that fails, and when. */
    public static final String FAILING = "coder";

    static final long DAY = 24 * 3_600_000L;
    static final long FIRST_NOON = Instant.parse("2026-01-12T12:00:00Z").toEpochMilli();
    static final long NOON = FIRST_NOON + DAY;
    private static final long LENGTH = 20 * 60_000L;
    private static final long PAUSE_FROM = 300_000;
    private static final long PAUSE_TO = 360_000;
    static final long INCIDENT_FROM = NOON + 700_000;
    static final long INCIDENT_TO = NOON + 820_000;
    private static final int ROWS_PER_PUSH = 1_000;

    /**
     * One record.
     *
     * @param value latency in seconds, value or increment
     * @param errorType null: not failed
     */
    public record Raw(
            String metric,
            Map<String, String> attributes,
            long millis,
            double value,
            @org.jspecify.annotations.Nullable String errorType,
            String traceId) {
        boolean failed() {
            return errorType != null;
        }

        String get(String key) {
            return attributes.getOrDefault(key, "");
        }
    }

    public final List<Raw> records;

    public RecordedDays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Raw> all = new ArrayList<>();
        for (long noon : new long[] {FIRST_NOON, NOON}) {
            for (long at = 0; at < LENGTH; at += 500) {
                if (at < PAUSE_FROM || at >= PAUSE_TO) {
                    moment(noon, noon + at, random, all);
                }
            }
        }
        all.sort(Comparator.comparingLong(Raw::millis));
        records = List.copyOf(all);
    }

    private static void moment(long noon, long at, SplittableRandom random, List<Raw> all) {
        double slower = noon == NOON ? 1.5 : 1;
        for (int agent = 0; agent < TYPES.size(); agent++) {
            if (random.nextInt(agent + 1) == 0) {
                all.add(task(TYPES.get(agent), at, slower * (agent + 1), random));
            }
        }
        if (random.nextInt(2) == 0) {
            boolean failed = random.nextInt(50) == 0;
            double seconds = slower * Math.exp(random.nextDouble(-1, 1.5));
            all.add(outcome(REQUESTS, Map.of("gen_ai.workflow.name", "main"), at, seconds, failed ? "" : null, random));
        }
        if (random.nextInt(4) == 0) {
            String agent = TYPES.get(random.nextInt(TYPES.size()));
            String token = random.nextBoolean() ? "input" : "output";
            all.add(new Raw(
                    TOKENS, Map.of(TYPE, agent, "gen_ai.token.type", token), at, random.nextInt(900), null, ""));
            all.add(new Raw(COST, Map.of(TYPE, agent), at, random.nextInt(100) / 1024.0, null, ""));
            all.add(new Raw(QUEUE, Map.of(TYPE, agent), at, random.nextInt(40), null, ""));
        }
    }

    private static Raw task(String type, long at, double slower, SplittableRandom random) {
        boolean incident = type.equals(FAILING) && at >= INCIDENT_FROM && at < INCIDENT_TO;
        boolean failed = random.nextInt(100) < (incident ? 90 : 2);
        String[] errors = {"timeout", "rate_limited", ""};
        return outcome(
                TASKS,
                Map.of(
                        TYPE,
                        type,
                        INSTANCE,
                        type + "-" + random.nextInt(2),
                        TASK_TYPE,
                        random.nextInt(3) == 0 ? "summarise" : "answer"),
                at,
                slower * Math.exp(random.nextDouble(-2, 1)),
                failed ? errors[random.nextInt(3)] : null,
                random);
    }

    private static Raw outcome(
            String metric,
            Map<String, String> attributes,
            long at,
            double seconds,
            @org.jspecify.annotations.Nullable String errorType,
            SplittableRandom random) {
        String trace =
                random.nextInt(5) == 0 ? String.format("%016x%016x", random.nextLong() | 1, random.nextLong()) : "";
        // whole 512ths of a second are whole nanoseconds, so that what is sent is what is compared
        double exact = Math.max(1, Math.round(seconds * 512)) / 512.0;
        return new Raw(metric, attributes, at, exact, errorType, trace);
    }

    /** Pushes all of it into the recording; the position of the last. */
    public Position push(Channel channel) {
        Position last = Position.getDefaultInstance();
        for (int from = 0; from < records.size(); from += ROWS_PER_PUSH) {
            PushRequest.Builder request = PushRequest.newBuilder().setRecording(RECORDING);
            records.subList(from, Math.min(records.size(), from + ROWS_PER_PUSH))
                    .forEach(raw -> add(request, raw));
            PushResponse response = IngestServiceGrpc.newBlockingStub(channel).push(request.build());
            if (response.getRejectionsCount() > 0) {
                throw new AssertionError("rejected: " + response);
            }
            last = response.getPosition();
        }
        return last;
    }

    private static void add(PushRequest.Builder request, Raw raw) {
        switch (raw.metric()) {
            case TOKENS, COST, QUEUE ->
                request.addMeasurementsBuilder()
                        .setName(raw.metric())
                        .putAllAttributes(raw.attributes())
                        .setTime(CallTimes.timestamp(raw.millis()))
                        .setKind(
                                raw.metric().equals(QUEUE)
                                        ? SeriesKind.SERIES_KIND_GAUGE
                                        : SeriesKind.SERIES_KIND_COUNTER)
                        .setValue(raw.value());
            default -> {
                OutcomeRow.Builder row = request.addOutcomesBuilder()
                        .setName(raw.metric())
                        .putAllAttributes(raw.attributes())
                        .setEndTime(CallTimes.timestamp(raw.millis()))
                        .setLatency(duration(raw.value()))
                        .setTraceId(raw.traceId());
                if (raw.errorType() != null) {
                    row.setStatus(OutcomeStatus.OUTCOME_STATUS_ERROR).setErrorType(raw.errorType());
                }
            }
        }
    }

    private static Duration duration(double seconds) {
        long nanos = Math.round(seconds * 1e9);
        return Duration.newBuilder()
                .setSeconds(nanos / 1_000_000_000)
                .setNanos((int) (nanos % 1_000_000_000))
                .build();
    }

    static TimeRange range(long fromMillis, long toMillis) {
        return TimeRange.newBuilder()
                .setStartTime(CallTimes.timestamp(fromMillis))
                .setEndTime(CallTimes.timestamp(toMillis))
                .build();
    }

    /** First millisecond of the records, and the first after them. */
    long fromMillis() {
        return records.get(0).millis();
    }

    long toMillis() {
        return records.get(records.size() - 1).millis() + 1;
    }
}
