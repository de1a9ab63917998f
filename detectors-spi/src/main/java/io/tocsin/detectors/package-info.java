/* SPDX-License-Identifier: Apache-2.0 */
/**
 * All that a detector's author sees: twelve types, the JDK alone.
 *
 * <p>A {@link io.tocsin.detectors.DetectorFactory} declares what its detector reads ({@link io.tocsin.detectors.Input})
 * and what can be set ({@link io.tocsin.detectors.Parameter}), and creates one {@link io.tocsin.detectors.Detector} for
 * each group of series that a rule watches. The collector feeds it {@link io.tocsin.detectors.Window windows},
 * {@link io.tocsin.detectors.Tallies tallies} or {@link io.tocsin.detectors.Records records}; the detector answers with
 * judgements ({@link io.tocsin.detectors.Findings}). Everything that turns judgements into alerts (how long, how bad, how often)
 * belongs to the collector.
 *
 * <p>The numbered promises are listed in {@code detectors-spi/CONTRACT.md}; {@code detectors-testkit} checks each of them.
 * Nothing here is null, in either direction.
 */
package io.tocsin.detectors;
