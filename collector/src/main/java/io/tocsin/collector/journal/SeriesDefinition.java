/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.series.SeriesKey;

/** What a producer's series id means. */
public record SeriesDefinition(int id, SeriesKey key) {}
