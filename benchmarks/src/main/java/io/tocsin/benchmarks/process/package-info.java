/* SPDX-License-Identifier: Apache-2.0 */
/** Servers in processes of their own, and what they used. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.process;
