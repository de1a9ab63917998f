/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.grpc.stub.ServerCallStreamObserver;
import io.tocsin.collector.backtest.BacktestResult;
import io.tocsin.collector.backtest.Backtests;
import io.tocsin.collector.backtest.Compared;
import io.tocsin.collector.backtest.Period;
import io.tocsin.collector.backtest.RulePlan;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.v1.BacktestAlert;
import io.tocsin.v1.BacktestProgress;
import io.tocsin.v1.BacktestRequest;
import io.tocsin.v1.BacktestResponse;
import io.tocsin.v1.BacktestSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** {@code AdminService.Backtest}. Thread-safe. */
final class BacktestCalls {
    private static final int MAX_RULES = RuleCommands.MAX_RULES;
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A caller who takes nothing for so long is given up, since others wait for their turn. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long LOOK_MILLIS = 20;

    private final Partitions partitions;
    private final ProtoRules rules;
    private final Backtests backtests;

    BacktestCalls(Partitions partitions, ProtoRules rules, Backtests backtests) {
        this.partitions = partitions;
        this.rules = rules;
        this.backtests = backtests;
    }

    /** Answers on the backtest's thread. */
    void open(String tenant, BacktestRequest request, ServerCallStreamObserver<BacktestResponse> call) {
        // without a handler, answering a caller who has gone throws
        call.setOnCancelHandler(() -> {});
        try {
            Partition partition = partitions.live(tenant);
            if (!backtests.hasJournal(partition.number())) {
                throw CallErrors.failedPrecondition(
                        "NO_JOURNAL", "this collector keeps its journal in memory; start it with --data-dir");
            }
            boolean begun = backtests.start(
                    partition.number(),
                    partition.status().journalOffset(),
                    plan(tenant, request),
                    period(request),
                    tenant,
                    new Answers(call));
            if (!begun) {
                throw CallErrors.exhausted("a backtest runs already, allowed is 1; try again when it is over", RETRY);
            }
        } catch (RuntimeException e) {
            call.onError(CallErrors.of(e));
        }
    }

    private RulePlan plan(String tenant, BacktestRequest request) {
        requireAtMost("rules", request.getRulesCount());
        requireAtMost("without_rules", request.getWithoutRulesCount());
        List<Rule> set = request.getRulesList().stream().map(rules::read).toList();
        return RulePlan.changed(tenant, set, Set.copyOf(request.getWithoutRulesList()), request.getOnlyTheseRules());
    }

    private static void requireAtMost(String what, int count) {
        if (count > MAX_RULES) {
            throw CallErrors.invalid(what, "must be at most " + MAX_RULES + ", were " + count);
        }
    }

    private static Period period(BacktestRequest request) {
        long from = request.hasFrom() ? CallTimes.millis("from", request.getFrom()) : 0;
        long to = request.hasTo() ? CallTimes.millis("to", request.getTo()) : Long.MAX_VALUE;
        if (from >= to) {
            throw CallErrors.invalid("to", "must be later than from");
        }
        return new Period(from, to);
    }

    /** Confined to the backtest's thread. */
    private static final class Answers implements Backtests.Caller {
        private final ServerCallStreamObserver<BacktestResponse> call;
        private long toldNanos = System.nanoTime();

        Answers(ServerCallStreamObserver<BacktestResponse> call) {
            this.call = call;
        }

        @Override
        public boolean isGone() {
            return call.isCancelled();
        }

        @Override
        public void come(long entries, long records, double share, long engineMillis) {
            long now = System.nanoTime();
            if (now - toldNanos < PROGRESS_NANOS || !call.isReady()) {
                return;
            }
            toldNanos = now;
            BacktestProgress.Builder progress = BacktestProgress.newBuilder()
                    .setEntries(entries)
                    .setRecords(records)
                    .setShare(share);
            if (engineMillis != 0) {
                progress.setEngineTime(CallTimes.timestamp(engineMillis));
            }
            call.onNext(BacktestResponse.newBuilder().setProgress(progress).build());
        }

        @Override
        public void done(BacktestResult result) {
            for (Compared one : result.alerts()) {
                send(BacktestResponse.newBuilder().setAlert(alert(one)).build());
            }
            send(BacktestResponse.newBuilder().setSummary(summary(result)).build());
            call.onCompleted();
        }

        private void send(BacktestResponse response) {
            long begunNanos = System.nanoTime();
            while (!call.isReady()) {
                if (call.isCancelled()) {
                    throw new CancellationException("the caller has gone");
                }
                if (System.nanoTime() - begunNanos > PATIENCE_NANOS) {
                    throw CallErrors.exhausted("nothing was read for " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)
                            + " s, and others wait for their turn");
                }
                try {
                    Thread.sleep(LOOK_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted");
                }
            }
            call.onNext(response);
        }

        @Override
        public void failed(Exception e) {
            if (!call.isCancelled()) {
                call.onError(
                        e instanceof IOException
                                ? CallErrors.failedPrecondition("JOURNAL_UNREADABLE", String.valueOf(e.getMessage()))
                                : CallErrors.of(e));
            }
        }

        private static BacktestAlert alert(Compared one) {
            BacktestAlert.Builder alert = BacktestAlert.newBuilder().setVerdict(verdict(one.verdict()));
            one.then().ifPresent(then -> alert.setThen(ProtoAlerts.alert(then.alert())));
            one.now().ifPresent(now -> alert.setNow(ProtoAlerts.alert(now.alert())));
            return alert.build();
        }

        private static BacktestAlert.Verdict verdict(Compared.Verdict verdict) {
            return switch (verdict) {
                case SAME -> BacktestAlert.Verdict.VERDICT_SAME;
                case OTHER_SEVERITY -> BacktestAlert.Verdict.VERDICT_OTHER_SEVERITY;
                case ONLY_THEN -> BacktestAlert.Verdict.VERDICT_ONLY_THEN;
                case ONLY_NOW -> BacktestAlert.Verdict.VERDICT_ONLY_NOW;
            };
        }

        private static BacktestSummary summary(BacktestResult result) {
            BacktestSummary.Builder summary = BacktestSummary.newBuilder()
                    .setSame(result.count(Compared.Verdict.SAME))
                    .setOtherSeverity(result.count(Compared.Verdict.OTHER_SEVERITY))
                    .setOnlyThen(result.count(Compared.Verdict.ONLY_THEN))
                    .setOnlyNow(result.count(Compared.Verdict.ONLY_NOW))
                    .setSameEvents(result.hasSameEvents())
                    .setEntries(result.entries())
                    .setRecords(result.records())
                    .setDamagedEntries(result.damagedEntries())
                    .setLeftOutEvents(result.leftOutEvents())
                    .addAllNotices(result.notices());
            if (result.firstMillis() != 0) {
                summary.setFirstTime(CallTimes.timestamp(result.firstMillis()))
                        .setLastTime(CallTimes.timestamp(result.lastMillis()));
            }
            return summary.build();
        }
    }
}
