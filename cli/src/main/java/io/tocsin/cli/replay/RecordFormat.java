/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** A shape of file, recognised by its header. Confined to one thread. */
interface RecordFormat {
    /**
     * Reads one row.
     *
     * @throws BadRowException a cell is missing or makes no sense
     */
    RecordedOutcome read(CSVRecord row) throws BadRowException;

    /**
     * The format with these columns.
     *
     * @throws BadRowException no format has them; the message lists those there are
     */
    static RecordFormat of(List<String> header) throws BadRowException {
        if (header.containsAll(SpanFormat.COLUMNS)) {
            return new SpanFormat(header);
        }
        if (header.containsAll(OutcomeFormat.REQUIRED)) {
            return new OutcomeFormat(header);
        }
        throw new BadRowException("columns must be " + String.join(",", SpanFormat.COLUMNS) + " or "
                + String.join(",", OutcomeFormat.REQUIRED) + "[,error_type], were " + String.join(",", header));
    }
}
