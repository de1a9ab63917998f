/* SPDX-License-Identifier: Apache-2.0 */
/** Ways to write a file so that it survives, side by side. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.journal;
