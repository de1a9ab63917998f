/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The contract of the detector SPI as tests ({@link io.tocsin.detectors.testkit.DetectorContract}), and what a detector's own tests need: windows,
 * tallies and records to feed it, parameters to make it, a recorder of what it says.
 */
@NullMarked
package io.tocsin.detectors.testkit;

import org.jspecify.annotations.NullMarked;
