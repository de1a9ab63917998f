/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import io.grpc.Channel;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.Position;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Selector;
import io.tocsin.v1.TimeRange;
import java.nio.file.Path;
import java.util.List;

/** A collector that holds the recorded days, and the table of what it must answer; for each door that can be asked. */
public final class RecordedViews implements AutoCloseable {
    private static final long SEED = 20_261_124;

    private final RecordingCollector collector;
    private final Channel channel;
    private final List<ViewRow> rows;

    public RecordedViews(Path folder) throws Exception {
        RecordedDays days = new RecordedDays(SEED);
        collector = new RecordingCollector(folder, SloRows.RULES);
        channel = collector.channel();
        Position last = days.push(channel);
        QueryServiceGrpc.newBlockingStub(channel)
                .querySeries(QuerySeriesRequest.newBuilder()
                        .setSelector(Selector.newBuilder().setMetric(RecordedDays.TASKS))
                        .setRange(TimeRange.newBuilder().setMinPosition(last))
                        .setScope(ViewTable.SCOPE)
                        .build());
        rows = ViewTable.rows(days, alerts());
    }

    public List<ViewRow> rows() {
        return rows;
    }

    Channel channel() {
        return channel;
    }

    /** Where its JSON is: "127.0.0.1:9317". */
    public String http() {
        return collector.collector.http().toString();
    }

    List<Alert> alerts() {
        return AlertServiceGrpc.newBlockingStub(channel)
                .list(ListRequest.newBuilder()
                        .setScope(ViewTable.SCOPE)
                        .setPageSize(1_000)
                        .build())
                .getAlertsList();
    }

    @Override
    public void close() {
        collector.close();
    }
}
