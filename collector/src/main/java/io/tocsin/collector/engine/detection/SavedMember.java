/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.engine.series.Producer;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.engine.series.Series;
import io.tocsin.collector.series.Attributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@link Member#save} wrote. */
record SavedMember(
        Attributes attributes, boolean fed, boolean started, List<Producer> producers, List<SavedSource> sources) {

    record SavedSource(Series series, int input) {}

    static SavedMember read(StateReader in, References references) throws IOException {
        Attributes attributes = in.readAttributes();
        boolean fed = in.readBoolean();
        boolean started = in.readBoolean();
        List<Producer> producers = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            producers.add(references.readProducer(in));
        }
        List<SavedSource> sources = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            Series series = references.readSeries(in);
            for (int more = in.readCount(); more > 0; more--) {
                sources.add(new SavedSource(series, (int) in.readSize()));
            }
        }
        return new SavedMember(attributes, fed, started, producers, sources);
    }
}
