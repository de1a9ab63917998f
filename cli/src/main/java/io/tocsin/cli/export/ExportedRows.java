/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.export;

import java.io.IOException;
import java.util.List;
import java.util.function.DoubleConsumer;

/** One kind of rows. Confined to one thread. */
interface ExportedRows {
    /** Takes rows. */
    interface Sink {
        /** @param row as long as the header; null where nothing is known */
        void row(List<?> row) throws IOException;
    }

    List<String> header();

    /** Asks for all rows, and writes each as it comes; {@code share} hears how much is done, 0 to 1. */
    void write(Sink sink, DoubleConsumer share) throws IOException;
}
