/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

/**
 * What runs, and since when.
 *
 * @param version of the build
 * @param startedMillis by the collector's clock
 */
public record BuildInfo(String version, long startedMillis) {}
