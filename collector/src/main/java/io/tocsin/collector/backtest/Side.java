/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.plugin.DetectorCatalog;

/** What one of the two engines of a backtest runs with: all that decides its events, beside the entries. */
public record Side(EngineSettings engine, DetectorCatalog catalog, RulePlan rules) {}
