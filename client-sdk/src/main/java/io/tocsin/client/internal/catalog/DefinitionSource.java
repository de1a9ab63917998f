/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.catalog;

import io.tocsin.v1.ErrorTypeDefinition;
import io.tocsin.v1.SeriesDefinition;

/** Definitions in an order that stays: more may come, none goes. Thread-safe. */
public interface DefinitionSource {
    int seriesCount();

    int errorTypeCount();

    /** Definition at that index, 0 for the first. */
    SeriesDefinition seriesAt(int index);

    /** Definition at that index, 0 for the first. */
    ErrorTypeDefinition errorTypeAt(int index);
}
