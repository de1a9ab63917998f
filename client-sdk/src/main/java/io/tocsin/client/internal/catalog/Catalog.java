/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.catalog;

import io.tocsin.client.Attributes;
import io.tocsin.client.internal.queue.RecordHeader;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.ErrorTypeDefinition;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.SeriesKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives series and error types their numbers, for the life of a client: a number never changes its meaning. Series are
 * counted from 0, error types from 1. Thread-safe; finding a known error type takes no lock and allocates nothing.
 */
public final class Catalog implements DefinitionSource {
    /** Different error types; further ones are called "other". */
    public static final int MAX_ERROR_TYPES = 1_000;

    /** Series of one client; further ones are invalid. */
    public static final int MAX_SERIES = Math.min(1_000_000, RecordHeader.MAX_SERIES_ID + 1);

    /** The error type of what its caller gave up. */
    public static final String CANCELLED = "cancelled";

    /** The error type of what took too long. */
    public static final String TIMEOUT = "timeout";

    private static final String OTHER = "other";

    private final int maxSeries;
    private final Map<String, Integer> errorTypeIds = new ConcurrentHashMap<>();

    // definitions are guarded by their lists; ids are given out in the order of the lists
    private final List<SeriesDefinition> series = new ArrayList<>();
    private final List<ErrorTypeDefinition> errorTypes = new ArrayList<>();

    /** No further error types: spares those who bring one the lock. */
    private volatile boolean full;

    private final int cancelled;
    private final int timeout;
    private final int other;

    public Catalog() {
        this(MAX_SERIES);
    }

    Catalog(int maxSeries) {
        this.maxSeries = maxSeries;
        cancelled = defineErrorType(CANCELLED);
        timeout = defineErrorType(TIMEOUT);
        other = defineErrorType(OTHER);
    }

    /** A new series. The caller sees to it that the same name and attributes do not come twice. */
    public Numbered define(@Nullable String metric, @Nullable Attributes attributes, SeriesKind kind) {
        String problem = NameRules.problem(metric, attributes);
        if (problem != null || metric == null || attributes == null) {
            return Numbered.bad(String.valueOf(problem));
        }
        SeriesDefinition.Builder definition =
                SeriesDefinition.newBuilder().setName(metric).setKind(kind);
        attributes
                .asMap()
                .forEach((key, value) -> definition.addAttributes(
                        Attribute.newBuilder().setKey(key).setValue(value)));
        synchronized (series) {
            int id = series.size();
            if (id >= maxSeries) {
                return Numbered.bad("series of one client must be at most " + maxSeries + ", " + metric + " "
                        + attributes + " would be one more");
            }
            series.add(definition.setId(id).build());
            return new Numbered(id, null);
        }
    }

    /** The number of an error type, 0 for none; what is too long or one too many is "other". */
    public int errorType(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return 0;
        }
        Integer id = errorTypeIds.get(name);
        return id != null ? id : full ? other : defineErrorType(name);
    }

    public int cancelled() {
        return cancelled;
    }

    public int timeout() {
        return timeout;
    }

    private int defineErrorType(String name) {
        if (name.length() > NameRules.MAX_ERROR_TYPE_CHARS) {
            return other;
        }
        synchronized (errorTypes) {
            Integer known = errorTypeIds.get(name);
            if (known != null) {
                return known;
            }
            if (errorTypes.size() >= MAX_ERROR_TYPES) {
                full = true;
                return other;
            }
            int id = errorTypes.size() + 1;
            errorTypes.add(
                    ErrorTypeDefinition.newBuilder().setId(id).setName(name).build());
            errorTypeIds.put(name, id);
            return id;
        }
    }

    @Override
    public int seriesCount() {
        synchronized (series) {
            return series.size();
        }
    }

    @Override
    public int errorTypeCount() {
        synchronized (errorTypes) {
            return errorTypes.size();
        }
    }

    /** Its id is the index. */
    @Override
    public SeriesDefinition seriesAt(int index) {
        synchronized (series) {
            return series.get(index);
        }
    }

    /** Its id is one more than the index. */
    @Override
    public ErrorTypeDefinition errorTypeAt(int index) {
        synchronized (errorTypes) {
            return errorTypes.get(index);
        }
    }

    /**
     * A series' number, or why it has none.
     *
     * @param id 0 or more, or negative if there is a problem
     * @param problem what is wrong with the name
     */
    public record Numbered(int id, @Nullable String problem) {
        static Numbered bad(String problem) {
            return new Numbered(-1, problem);
        }
    }
}
