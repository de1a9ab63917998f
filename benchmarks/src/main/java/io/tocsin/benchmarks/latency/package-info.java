/* SPDX-License-Identifier: Apache-2.0 */
/** How long it takes from what proves a problem until a subscriber hears of it. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.latency;
