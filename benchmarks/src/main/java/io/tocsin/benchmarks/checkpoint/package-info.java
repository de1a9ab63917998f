/* SPDX-License-Identifier: Apache-2.0 */
/** How long a checkpoint holds the engine, how large it is, how long a start from it takes. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.checkpoint;
