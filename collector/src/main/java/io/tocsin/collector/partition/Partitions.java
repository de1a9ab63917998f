/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import java.util.List;
import java.util.Optional;

/** Finds the partition that is meant. Thread-safe. */
public interface Partitions {

    /** The partition that holds the tenant's live data. */
    Partition live(String tenant);

    /** A recording of the tenant, by name. */
    Optional<Partition> recording(String tenant, String name);

    /**
     * The recording of that name, created if there is none yet, with the tenant's rules as they are now.
     *
     * @throws TooManyRecordingsException if the tenant has as many as it may
     */
    Partition openRecording(String tenant, String name);

    /** Stops a recording and forgets all of it; false if there is none. */
    boolean removeRecording(String tenant, String name);

    /** The tenant's recordings, newest first. */
    List<Partition> recordings(String tenant);

    /** All partitions of all tenants: live ones first, by number. */
    List<Partition> all();
}
