/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.RejectedRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What came of one producer's records, in one partition. Thread-safe. */
final class HeardProducer {
    private static final int MAX_CLIENT = 128;

    private final int partition;
    private final ProducerKey key;
    private final LongAdder accepted = new LongAdder();
    private final Map<RejectedRecord.Reason, LongAdder> rejected = new EnumMap<>(RejectedRecord.Reason.class);
    private volatile String client = "";
    private volatile long clockOffsetMillis;
    private volatile long heardMillis;
    private volatile boolean heartbeats;
    private volatile boolean stopped;

    HeardProducer(int partition, ProducerKey key) {
        this.partition = partition;
        this.key = key;
        for (RejectedRecord.Reason reason : RejectedRecord.Reason.values()) {
            rejected.put(reason, new LongAdder());
        }
    }

    /** It opened a stream, and says what it is. */
    void saysHello(String said) {
        client = said.length() <= MAX_CLIENT ? said : said.substring(0, MAX_CLIENT);
        heartbeats = true;
        stopped = false;
    }

    void heard(long nowMillis) {
        heardMillis = nowMillis;
    }

    /** Collector minus producer. */
    void clockOffset(long millis) {
        clockOffsetMillis = millis;
    }

    void saysGoodbye() {
        stopped = true;
    }

    /** A batch of it is in the journal. */
    void took(int records, Answer answer) {
        accepted.add(records);
        for (RejectedRecord one : answer.rejections()) {
            rejected.getOrDefault(one.reason(), new LongAdder()).increment();
        }
    }

    long heardMillis() {
        return heardMillis;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isOf(String tenant, int ofPartition) {
        return partition == ofPartition && key.tenant().equals(tenant);
    }

    ProducerView view(long nowMillis, long lostAfterMillis) {
        Map<RejectedRecord.Reason, Long> counts = new EnumMap<>(RejectedRecord.Reason.class);
        rejected.forEach((reason, count) -> {
            if (count.sum() > 0) {
                counts.put(reason, count.sum());
            }
        });
        ProducerView.Standing standing;
        if (stopped) {
            standing = ProducerView.Standing.STOPPED;
        } else if (!heartbeats) {
            standing = ProducerView.Standing.PUSHES;
        } else {
            standing = nowMillis - heardMillis > lostAfterMillis
                    ? ProducerView.Standing.LOST
                    : ProducerView.Standing.ALIVE;
        }
        return new ProducerView(
                key.producer(), key.epoch(), client, standing, clockOffsetMillis, heardMillis, accepted.sum(), counts);
    }
}
