/* SPDX-License-Identifier: Apache-2.0 */
/** Runs engines over entries of the past, with other rules or detectors, and compares what would have fired with what did. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.backtest;
