/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import io.tocsin.client.internal.catalog.Catalog;
import io.tocsin.client.internal.catalog.Catalog.Numbered;
import io.tocsin.client.internal.delivery.Trouble;
import io.tocsin.client.internal.delivery.TroubleLog;
import io.tocsin.v1.SeriesKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One handle for each name and attributes. What cannot be a series gets a handle that drops. Thread-safe. */
final class SeriesHandles {
    private final Catalog catalog;
    private final TroubleLog log;
    private final Map<Key, Object> handles = new ConcurrentHashMap<>();

    SeriesHandles(Catalog catalog, TroubleLog log) {
        this.catalog = catalog;
        this.log = log;
    }

    <H> H find(
            @Nullable String metric,
            @Nullable Attributes attributes,
            SeriesKind kind,
            Class<H> type,
            IntFunction<H> withSeries) {
        if (metric == null || attributes == null) {
            return dropping("metric and attributes must not be null, were " + metric + " " + attributes, withSeries);
        }
        Key key = new Key(metric, attributes);
        Object known = handles.get(key);
        if (known == null) {
            // under the map's lock for this key, so that a series is defined once
            known = handles.computeIfAbsent(key, absent -> {
                Numbered numbered = catalog.define(metric, attributes, kind);
                return numbered.problem() == null ? withSeries.apply(numbered.id()) : new Bad(numbered.problem());
            });
            if (known instanceof Bad bad) {
                handles.remove(key, bad); // or bad names would fill the map
                return dropping(bad.problem(), withSeries);
            }
        }
        if (!type.isInstance(known)) {
            return dropping(
                    metric + " " + attributes + " must be of one kind, is "
                            + known.getClass().getSimpleName() + " already and cannot be " + type.getSimpleName(),
                    withSeries);
        }
        return type.cast(known);
    }

    private <H> H dropping(String problem, IntFunction<H> withSeries) {
        log.say(Trouble.BAD_INPUT, problem, null);
        return withSeries.apply(Recorder.BAD_SERIES);
    }

    private record Key(String metric, Attributes attributes) {}

    private record Bad(String problem) {}
}
