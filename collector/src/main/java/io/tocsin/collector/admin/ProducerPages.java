/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.call.Scopes;
import io.tocsin.collector.ingest.ProducerReader;
import io.tocsin.collector.ingest.ProducerView;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.v1.ListProducersRequest;
import io.tocsin.v1.ListProducersResponse;
import io.tocsin.v1.Producer;
import java.util.List;
import java.util.Locale;

/** Pages of producers. Thread-safe. */
final class ProducerPages {
    private static final long MAX_DURATION_MILLIS = 315_576_000_000_000L;

    private final Partitions partitions;
    private final ProducerReader producers;

    ProducerPages(Partitions partitions, ProducerReader producers) {
        this.partitions = partitions;
        this.producers = producers;
    }

    ListProducersResponse page(String tenant, ListProducersRequest request) {
        Partition partition = Scopes.find(partitions, tenant, request.getScope().getRecording());
        Page page = Page.of(
                tenant,
                request.toBuilder().clearPageSize().clearPageToken().build(),
                request.getPageSize(),
                request.getPageToken());
        List<ProducerView> all = producers.producers(tenant, partition.number());
        int from = Math.min(all.size(), Math.max(0, page.offset()));
        int until = Math.min(all.size(), from + page.size());
        ListProducersResponse.Builder response = ListProducersResponse.newBuilder();
        all.subList(from, until).forEach(one -> response.addProducers(proto(one)));
        if (until < all.size()) {
            response.setNextPageToken(page.next(new Page.Place(0, 0, Integer.toString(until))));
        }
        return response.build();
    }

    /** A clock may say anything; a duration of protobuf ends at ten thousand years. */
    private static long shown(long offsetMillis) {
        return Math.max(-MAX_DURATION_MILLIS, Math.min(MAX_DURATION_MILLIS, offsetMillis));
    }

    private static Producer proto(ProducerView view) {
        Producer.Builder producer = Producer.newBuilder()
                .setName(view.name())
                .setEpoch(view.epoch())
                .setClient(view.client())
                .setLiveness(view.standing().word())
                .setClockOffset(CallTimes.duration(shown(view.clockOffsetMillis())))
                .setLastHeardTime(CallTimes.timestamp(view.heardMillis()))
                .setAccepted(view.accepted());
        view.rejected()
                .forEach((reason, count) -> producer.putRejected(reason.name().toLowerCase(Locale.ROOT), count));
        return producer.build();
    }
}
