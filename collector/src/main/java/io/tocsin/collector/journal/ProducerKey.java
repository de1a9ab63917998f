/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;

/** Scope of series ids and sequences. */
public record ProducerKey(String tenant, String producer, long epoch) {
    public void save(StateWriter out) {
        out.writeText(tenant);
        out.writeText(producer);
        out.writeLong(epoch);
    }

    public static ProducerKey restore(StateReader in) throws IOException {
        return new ProducerKey(in.readText(), in.readText(), in.readLong());
    }
}
