/* SPDX-License-Identifier: Apache-2.0 */
/** How soon a month of history is answered, and what it takes on disk. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.history;
