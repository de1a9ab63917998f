/* SPDX-License-Identifier: Apache-2.0 */
/** Every figure that the docs quote; {@code ./run NAME} repeats one. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks;
