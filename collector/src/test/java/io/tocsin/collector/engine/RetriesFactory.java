/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Records;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Makes detectors of single records: more than five failures in a row are bad. Their state, and what becomes of it, is as the test says. */
final class RetriesFactory implements DetectorFactory {
    static final Input REQUESTS = Input.records("requests", "whose failures are counted", "agent");

    boolean savesState = true;
    boolean takesState = true;
    int stateFormat = 1;
    int paddingBytes;
    private final List<Input> inputs;

    RetriesFactory() {
        this(REQUESTS);
    }

    RetriesFactory(Input... inputs) {
        this.inputs = List.of(inputs);
    }

    @Override
    public String name() {
        return "retries";
    }

    @Override
    public String summary() {
        return "Failures in a row.";
    }

    @Override
    public List<Input> inputs() {
        return inputs;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of();
    }

    @Override
    public int stateFormat() {
        return stateFormat;
    }

    @Override
    public Detector create(Parameters parameters) {
        return new Detector() {
            private long inRow;

            @Override
            public void observe(Records records, Findings findings) {
                for (int row = 0; row < records.size(); row++) {
                    inRow = records.failed(row) ? inRow + 1 : 0;
                }
                findings.judge(0, "retries", inRow / 6.0)
                        .number("in_row", inRow, "")
                        .text("{in_row} failures in a row");
            }

            @Override
            public void save(DataOutput out) throws IOException {
                out.writeLong(inRow);
                out.write(new byte[paddingBytes]);
                if (!savesState) {
                    throw new IOException("state is not supported");
                }
            }

            @Override
            public void restore(int format, DataInput in) throws IOException {
                if (!takesState || format != stateFormat) {
                    throw new IOException("format " + format + " is not known");
                }
                inRow = in.readLong();
            }
        };
    }
}
