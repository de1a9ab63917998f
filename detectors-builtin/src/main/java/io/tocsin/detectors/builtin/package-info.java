/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The detectors that come with Tocsin, on the SPI alone and loaded like anyone's: one factory for each name that a rule can use. The
 * arithmetic that they share ({@link io.tocsin.detectors.builtin.UsualLevel}, {@link io.tocsin.detectors.builtin.Significance}) is
 * explained where it stands.
 */
package io.tocsin.detectors.builtin;
