/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import java.util.List;

/** Shows producers. Thread-safe. */
public interface ProducerReader {
    /** Those that were heard since the start, the one heard last first. */
    List<ProducerView> producers(String tenant, int partition);
}
