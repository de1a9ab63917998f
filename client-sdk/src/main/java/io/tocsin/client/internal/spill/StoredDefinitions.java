/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.client.internal.catalog.DefinitionSource;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.ErrorTypeDefinition;
import io.tocsin.v1.SeriesDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the ids of a former incarnation mean, as far as it can be read. Ids keep their numbers, whatever is missing. */
final class StoredDefinitions implements DefinitionSource {
    static final String FILE = "definitions";

    private final List<SeriesDefinition> series = new ArrayList<>();
    private final List<ErrorTypeDefinition> errorTypes = new ArrayList<>();

    /** Before anyone else reads it. */
    void add(ByteBuffer message) throws InvalidProtocolBufferException {
        Definitions some = Definitions.parseFrom(message);
        series.addAll(some.getSeriesList());
        errorTypes.addAll(some.getErrorTypesList());
    }

    @Override
    public int seriesCount() {
        return series.size();
    }

    @Override
    public int errorTypeCount() {
        return errorTypes.size();
    }

    @Override
    public SeriesDefinition seriesAt(int index) {
        return series.get(index);
    }

    @Override
    public ErrorTypeDefinition errorTypeAt(int index) {
        return errorTypes.get(index);
    }
}
