/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.partition.RecordingStatus;
import io.tocsin.collector.partition.TooManyRecordingsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One live partition for all tenants, and at most two recordings for each. Thread-safe. */
public final class FakePartitions implements Partitions {
    private final FakePartition live = new FakePartition(0, Optional.empty());
    private final Map<String, FakePartition> recordings = new LinkedHashMap<>();
    private int nextNumber = 1;

    public FakePartition live() {
        return live;
    }

    @Override
    public FakePartition live(String tenant) {
        return live;
    }

    @Override
    public synchronized Optional<Partition> recording(String tenant, String name) {
        return Optional.ofNullable(recordings.get(tenant + "/" + name));
    }

    @Override
    public synchronized FakePartition openRecording(String tenant, String name) {
        FakePartition known = recordings.get(tenant + "/" + name);
        if (known != null) {
            return known;
        }
        if (recordings(tenant).size() >= 2) {
            throw new TooManyRecordingsException(name, 2);
        }
        FakePartition opened = new FakePartition(
                nextNumber++, Optional.of(new RecordingStatus(name, ManualClock.NOON, 0, 0, 0, false)));
        recordings.put(tenant + "/" + name, opened);
        return opened;
    }

    @Override
    public synchronized boolean removeRecording(String tenant, String name) {
        return recordings.remove(tenant + "/" + name) != null;
    }

    @Override
    public synchronized List<Partition> recordings(String tenant) {
        List<Partition> found = new ArrayList<>();
        recordings.forEach((key, partition) -> {
            if (key.startsWith(tenant + "/")) {
                found.add(partition);
            }
        });
        Collections.reverse(found);
        return found;
    }

    @Override
    public synchronized List<Partition> all() {
        List<Partition> all = new ArrayList<>(List.of(live));
        all.addAll(recordings.values());
        return all;
    }
}
