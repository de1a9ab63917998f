/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.ingest.ProducerView;
import io.tocsin.collector.ingest.ProducerView.Standing;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether anybody sends, whether what is sent has records, and whether those are taken. */
final class ArrivingData implements Check {
    private static final String NAME = "arriving-data";
    private static final long PUSHED_LATELY_MILLIS = 300_000;
    private static final double MANY = 0.1;

    @Override
    public List<Diagnosis> look(Observed observed) {
        List<ProducerView> producers = observed.producers();
        if (producers.isEmpty()) {
            return List.of(Diagnosis.trouble(
                    NAME,
                    "no producer has sent anything since the collector started",
                    "point a service at the collector's gRPC port (client-sdk/README.md), or try it with ./tocsin load; if one should be sending, look into"
                            + " its log: a wrong host or port, or a firewall, shows there as UNAVAILABLE"));
        }
        List<Diagnosis> found = new ArrayList<>();
        found.addAll(silence(producers, observed.nowMillis()));
        for (ProducerView producer : producers) {
            found.addAll(rejections(producer));
        }
        if (found.isEmpty()) {
            long accepted = producers.stream().mapToLong(ProducerView::accepted).sum();
            found.add(Diagnosis.ok(
                    NAME,
                    Words.count(accepted, "record") + " taken from " + Words.count(producers.size(), "producer")));
        }
        return found;
    }

    private static List<Diagnosis> silence(List<ProducerView> producers, long nowMillis) {
        List<ProducerView> alive = producers.stream()
                .filter(p -> p.standing() == Standing.ALIVE
                        || (p.standing() == Standing.PUSHES && nowMillis - p.heardMillis() < PUSHED_LATELY_MILLIS))
                .toList();
        List<ProducerView> lost =
                producers.stream().filter(p -> p.standing() == Standing.LOST).toList();
        if (alive.isEmpty()) {
            ProducerView last = producers.get(0);
            String seen = "none of " + Words.count(producers.size(), "producer") + " is alive; the last was "
                    + name(last) + ", heard " + Words.length(nowMillis - last.heardMillis()) + " ago, which "
                    + (last.standing() == Standing.LOST
                            ? "is lost: it did not say Goodbye"
                            : last.standing() == Standing.STOPPED ? "said Goodbye" : "only pushes");
            return List.of(
                    lost.isEmpty()
                            ? Diagnosis.notice(NAME, seen, "if that is not on purpose, start it again")
                            : Diagnosis.trouble(
                                    NAME,
                                    seen,
                                    "see whether its process and host run, and whether the host still reaches the collector; its log says what its stream ended with"));
        }
        List<Diagnosis> found = new ArrayList<>();
        List<String> empty = alive.stream()
                .filter(p -> p.accepted() + p.rejectedRecords() == 0)
                .map(ArrivingData::name)
                .toList();
        if (empty.size() == alive.size()) {
            found.add(
                    Diagnosis.trouble(
                            NAME,
                            Words.list(empty) + (empty.size() == 1 ? " is" : " are") + " alive but sent no record yet",
                            "see whether the service has had any work, and whether the code that records runs: the SDK's counters (submitted, acked, dropped) tell"));
        }
        if (!lost.isEmpty()) {
            found.add(
                    Diagnosis.notice(
                            NAME,
                            lost.size() + " of " + producers.size() + " producers are lost: "
                                    + Words.list(lost.stream()
                                            .map(p -> name(p) + " (" + Words.length(nowMillis - p.heardMillis())
                                                    + " ago)")
                                            .toList()),
                            "if they were replaced, nothing: after 10 min they no longer count; else see whether their processes run"));
        }
        return found;
    }

    private static List<Diagnosis> rejections(ProducerView producer) {
        long rejected = producer.rejectedRecords();
        if (rejected < MANY * (producer.accepted() + rejected) || rejected == 0) {
            return List.of();
        }
        Reason most = producer.rejected().entrySet().stream()
                .max(Map.Entry.<Reason, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        String reasons = String.join(
                ", ",
                producer.rejected().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(one -> one.getKey().name().toLowerCase(Locale.ROOT) + " " + one.getValue())
                        .toList());
        boolean all = producer.accepted() == 0;
        String seen = (all ? "all " : "") + Words.count(rejected, "record") + " of " + name(producer)
                + (rejected == 1 ? " was" : " were") + " rejected (" + reasons + ")"
                + (all ? "" : ", " + Words.count(producer.accepted(), "record") + " taken");
        return List.of(all ? Diagnosis.trouble(NAME, seen, remedy(most)) : Diagnosis.notice(NAME, seen, remedy(most)));
    }

    private static String remedy(Reason reason) {
        return switch (reason) {
            case TOO_FAR_AHEAD ->
                "its time stamps are ahead of the collector by more than monitoring.ingest.max-ahead: set its clock by NTP, and look for seconds sent as milliseconds";
            case TOO_OLD ->
                "its time stamps are older than monitoring.ingest.retention: look for seconds sent where milliseconds are meant, and import old data with ./tocsin replay";
            case BAD_VALUE ->
                "latencies must be finite seconds of 0 or more, values finite: look for nanoseconds and NaN";
            case BAD_NAME -> "metric names and attributes must keep the limits of docs/errors.md";
            case UNKNOWN_SERIES, UNKNOWN_ERROR_TYPE ->
                "it used ids before it defined them: send Definitions first on each stream, as the SDK does";
            case WRONG_KIND ->
                "a series is an outcome, a gauge or a counter: record under another name what is of another kind";
        };
    }

    static String name(ProducerView producer) {
        return producer.name().isEmpty() ? "what is pushed without a key" : "producer " + Words.quoted(producer.name());
    }
}
