/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.tocsin.collector.engine.EngineCounters;
import io.tocsin.collector.http.HttpCounters;
import io.tocsin.collector.ingest.IngestCounters;
import io.tocsin.collector.journal.JournalCounters;
import io.tocsin.collector.journal.RejectedRecord;
import io.tocsin.collector.notify.ChannelStatus;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.query.QueryCounters;
import io.tocsin.collector.store.InMemorySeriesStore;
import io.tocsin.collector.stream.SubscriptionCounters;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Shows the stages' own counters; each is read when somebody scrapes. Stages must live as long as the collector. Thread-safe.
 */
public final class StageMeters {
    private static final List<String> LIVENESS = List.of("alive", "lost", "stopped");

    private final MeterRegistry registry;

    StageMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The way in. */
    public void ingest(IngestCounters counters) {
        Tags none = Tags.empty();
        gauge("tocsin.ingest.streams.open", "streams open now", none, counters, IngestCounters::streamsOpen);
        gauge(
                "tocsin.ingest.in.flight.bytes",
                "bytes received and not answered yet",
                none,
                counters,
                IngestCounters::bytesInFlight);
        counter("tocsin.ingest.streams", "streams opened", none, counters, IngestCounters::streamsOpened);
        counter(
                "tocsin.ingest.streams.failed",
                "streams that ended with an error",
                none,
                counters,
                IngestCounters::streamsFailed);
        counter("tocsin.ingest.batches", "batches received on streams", none, counters, IngestCounters::batches);
        counter("tocsin.ingest.pushes", "pushes received", none, counters, IngestCounters::pushes);
        counter("tocsin.ingest.bytes", "bytes of batches and pushes", none, counters, IngestCounters::batchBytes);
        counter(
                "tocsin.ingest.duplicates",
                "batches and pushes that had been accepted before",
                none,
                counters,
                IngestCounters::duplicates);
        counter(
                "tocsin.ingest.producers.forgotten",
                "producers that are not shown any more, because there were too many",
                none,
                counters,
                of -> of.producers().forgotten());
        counter("tocsin.ingest.records.accepted", "records accepted", none, counters, IngestCounters::accepted);
        counter(
                "tocsin.ingest.records.traced",
                "outcomes that came with a trace id",
                none,
                counters,
                IngestCounters::tracedRecords);
        for (RejectedRecord.Reason reason : RejectedRecord.Reason.values()) {
            counter(
                    "tocsin.ingest.records.rejected",
                    "records rejected for good",
                    Tags.of("reason", word(reason)),
                    counters,
                    c -> c.rejected(reason));
        }
        for (IngestCounters.Refused reason : IngestCounters.Refused.values()) {
            counter(
                    "tocsin.ingest.refusals",
                    "batches and pushes that were not taken",
                    Tags.of("reason", word(reason)),
                    counters,
                    c -> c.refused(reason));
        }
        counter(
                "tocsin.ingest.definitions.refused",
                "definitions of series that were refused",
                none,
                counters,
                IngestCounters::badDefinitions);
        counter(
                "tocsin.ingest.redefines",
                "how often definitions were asked for again",
                none,
                counters,
                IngestCounters::redefines);
        counter(
                "tocsin.ingest.batches.corrected",
                "batches whose producer's clock was off by more than a second",
                none,
                counters,
                IngestCounters::correctedBatches);
    }

    /** Spans of the collector's own work. */
    public void tracing(Tracing tracing) {
        String description = "spans made here, by what became of them";
        counter(
                "tocsin.traces.spans",
                description,
                result("exported"),
                tracing,
                t -> t.status().exported());
        counter(
                "tocsin.traces.spans",
                description,
                result("failed"),
                tracing,
                t -> t.status().failed());
        counter(
                "tocsin.traces.spans",
                description,
                result("dropped"),
                tracing,
                t -> t.status().dropped());
    }

    private static Tags result(String word) {
        return Tags.of("result", word);
    }

    /** What HTTP's clients ask and get. */
    public void http(HttpCounters counters) {
        Tags none = Tags.empty();
        for (HttpCounters.Outcome outcome : HttpCounters.Outcome.values()) {
            counter(
                    "tocsin.http.answers",
                    "requests answered, event streams when they begin",
                    Tags.of("outcome", word(outcome)),
                    counters,
                    c -> c.answers(outcome));
        }
        counter(
                "tocsin.http.calls.refused",
                "requests refused because too many were being answered",
                none,
                counters,
                HttpCounters::callsRefused);
        gauge(
                "tocsin.http.event.streams.open",
                "event streams open now",
                none,
                counters,
                HttpCounters::eventStreamsOpen);
        counter("tocsin.http.event.streams", "event streams opened", none, counters, HttpCounters::eventStreams);
        counter(
                "tocsin.http.event.streams.refused",
                "event streams beyond the limit",
                none,
                counters,
                HttpCounters::eventStreamsRefused);
        counter(
                "tocsin.http.event.streams.slow",
                "event streams ended because their client did not read",
                none,
                counters,
                HttpCounters::eventStreamsSlow);
        counter("tocsin.http.events", "events sent, over all event streams", none, counters, HttpCounters::events);
    }

    /** A live partition, as its views tell. */
    public void partition(Partition partition) {
        Tags tags = tags(partition.number());
        gauge(
                "tocsin.journal.offset",
                "number of the last entry written",
                tags,
                partition,
                p -> p.status().journalOffset());
        gauge(
                "tocsin.engine.applied.offset",
                "number of the last entry the engine has applied",
                tags,
                partition,
                p -> p.status().appliedOffset());
        TimeGauge.builder(
                        "tocsin.engine.lag",
                        partition,
                        TimeUnit.MILLISECONDS,
                        p -> p.status().lagMillis())
                .description("how long the oldest entry has waited for the engine")
                .tags(tags)
                .register(registry);
        gauge(
                "tocsin.engine.series",
                "series known",
                tags,
                partition,
                p -> p.status().series());
        gauge(
                "tocsin.engine.up",
                "1 while the engine runs, 0 when it stands still",
                tags,
                partition,
                p -> p.status().problem().isEmpty() ? 1 : 0);
        for (String liveness : LIVENESS) {
            gauge(
                    "tocsin.producers",
                    "producers by liveness",
                    tags.and("liveness", liveness),
                    partition,
                    p -> p.status().producers().getOrDefault(liveness, 0));
        }
    }

    /** A live partition's journal. */
    public void journal(int partition, JournalCounters counters) {
        Tags tags = tags(partition);
        counter("tocsin.journal.batches", "batches written", tags, counters, JournalCounters::batches);
        counter("tocsin.journal.bytes", "bytes of batches written", tags, counters, JournalCounters::bytes);
        counter("tocsin.journal.forces", "forced writes", tags, counters, JournalCounters::groups);
        counter(
                "tocsin.journal.duplicates",
                "batches that had been written before",
                tags,
                counters,
                JournalCounters::duplicates);
        counter(
                "tocsin.journal.conflicts",
                "batches whose sequence had been used with other bytes",
                tags,
                counters,
                JournalCounters::conflicts);
        counter(
                "tocsin.journal.refusals",
                "batches that found too many bytes waiting",
                tags,
                counters,
                JournalCounters::refused);
        counter("tocsin.journal.clock.jumps", "jumps of the wall clock", tags, counters, JournalCounters::clockJumps);
    }

    /** A live partition's engine. */
    public void engine(int partition, EngineCounters counters) {
        Tags tags = tags(partition);
        counter("tocsin.engine.entries", "entries applied", tags, counters, EngineCounters::entries);
        counter("tocsin.engine.outcomes", "outcomes applied", tags, counters, EngineCounters::outcomes);
        counter(
                "tocsin.engine.measurements",
                "values and increments applied",
                tags,
                counters,
                EngineCounters::measurements);
        counter(
                "tocsin.engine.late.records",
                "records that came after their window was sealed",
                tags,
                counters,
                EngineCounters::late);
        counter(
                "tocsin.engine.overflow.records",
                "records that an overflow series took",
                tags,
                counters,
                EngineCounters::overflowRecords);
        counter(
                "tocsin.engine.windows.judged",
                "windows given to detectors",
                tags,
                counters,
                EngineCounters::windowsJudged);
        counter(
                "tocsin.engine.tasks.expired",
                "tasks not completed by their deadline",
                tags,
                counters,
                EngineCounters::expiredTasks);
        counter(
                "tocsin.engine.tasks.untracked",
                "started tasks that were not watched, because too many were open",
                tags,
                counters,
                EngineCounters::untrackedTasks);
        counter(
                "tocsin.detector.failures",
                "calls of detectors that threw",
                tags,
                counters,
                EngineCounters::detectorFailures);
        counter(
                "tocsin.detector.groups.unwatched",
                "groups beyond what their rule may watch",
                tags,
                counters,
                EngineCounters::unwatchedGroups);
        counter("tocsin.alert.events", "changes of alerts", tags, counters, EngineCounters::events);
    }

    /** What a live partition keeps for reading. */
    public void store(int partition, InMemorySeriesStore store) {
        Tags tags = tags(partition);
        gauge("tocsin.store.windows.bytes", "bytes of windows kept, about", tags, store, InMemorySeriesStore::bytes);
        counter(
                "tocsin.store.windows.evicted",
                "windows that became rollups before their time, for want of space",
                tags,
                store,
                InMemorySeriesStore::evictedForBytes);
        gauge(
                "tocsin.store.rollups.bytes",
                "bytes of rollups kept, about",
                tags,
                store,
                InMemorySeriesStore::rollupBytes);
        counter(
                "tocsin.store.rollups.lost",
                "rollups lost before their time, for want of space",
                tags,
                store,
                InMemorySeriesStore::rollupsLost);
        counter(
                "tocsin.store.corrections.lost",
                "windows corrected by late records when they had become rollups before their time",
                tags,
                store,
                InMemorySeriesStore::correctionsLost);
    }

    /** Subscribers to alerts. */
    public void subscriptions(SubscriptionCounters counters) {
        Tags none = Tags.empty();
        gauge("tocsin.subscriptions.open", "subscriptions open now", none, counters, SubscriptionCounters::open);
        counter("tocsin.subscriptions", "subscriptions opened", none, counters, SubscriptionCounters::opened);
        counter(
                "tocsin.subscriptions.refused",
                "subscriptions beyond the limit",
                none,
                counters,
                SubscriptionCounters::refused);
        counter(
                "tocsin.subscriptions.events",
                "events sent, over all subscribers",
                none,
                counters,
                SubscriptionCounters::events);
        counter(
                "tocsin.subscriptions.gaps",
                "gaps announced to subscribers",
                Tags.of("reason", "expired"),
                counters,
                SubscriptionCounters::gapsExpired);
        counter(
                "tocsin.subscriptions.gaps",
                "gaps announced to subscribers",
                Tags.of("reason", "slow"),
                counters,
                SubscriptionCounters::gapsSlow);
    }

    /** Channels, each by name. */
    public void channels(Notifier notifier) {
        counter(
                "tocsin.notify.events.missed",
                "changes of alerts that were gone before they could be told; what fires was told instead",
                Tags.empty(),
                notifier,
                Notifier::missed);
        for (ChannelStatus channel : notifier.channels()) {
            String name = channel.name();
            Tags tags = Tags.of("channel", name);
            counter(
                    "tocsin.notify.delivered",
                    "notifications delivered",
                    tags,
                    notifier,
                    n -> n.channel(name).delivered());
            counter(
                    "tocsin.notify.retried",
                    "attempts that failed and were tried again",
                    tags,
                    notifier,
                    n -> n.channel(name).retried());
            counter(
                    "tocsin.notify.lost",
                    "notifications given up, after all attempts or because too many waited",
                    tags,
                    notifier,
                    n -> n.channel(name).lost());
            gauge(
                    "tocsin.notify.waiting",
                    "notifications that wait",
                    tags,
                    notifier,
                    n -> n.channel(name).waiting());
        }
    }

    /** Questions and watches. */
    public void queries(QueryCounters counters) {
        Tags none = Tags.empty();
        counter("tocsin.query.answers", "answers computed", none, counters, QueryCounters::computed);
        counter(
                "tocsin.query.answers.shared",
                "answers that had been computed for an equal question",
                none,
                counters,
                QueryCounters::shared);
        counter(
                "tocsin.query.answers.evicted",
                "answers not kept for equal questions, for want of space",
                none,
                counters,
                QueryCounters::evicted);
        counter(
                "tocsin.query.spans.evicted",
                "metrics whose sums were not kept for the next answer, for want of space",
                none,
                counters,
                QueryCounters::spansEvicted);
        gauge("tocsin.watches.open", "watches open now", none, counters, QueryCounters::watchesOpen);
        counter("tocsin.watches", "watches opened", none, counters, QueryCounters::watchesOpened);
        counter("tocsin.watches.refused", "watches beyond the limit", none, counters, QueryCounters::watchesRefused);
        counter(
                "tocsin.watches.answers",
                "answers sent, over all watches",
                none,
                counters,
                QueryCounters::watchAnswers);
        counter(
                "tocsin.watches.answers.skipped",
                "answers that a slow watch did not get, because a newer one came",
                none,
                counters,
                QueryCounters::watchAnswersSkipped);
    }

    private <T> void counter(String name, String description, Tags tags, T counters, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, counters, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private <T> void gauge(String name, String description, Tags tags, T stage, ToDoubleFunction<T> value) {
        Gauge.builder(name, stage, value).description(description).tags(tags).register(registry);
    }

    private static Tags tags(int partition) {
        return Tags.of("partition", Integer.toString(partition));
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
