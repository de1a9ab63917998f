/* SPDX-License-Identifier: Apache-2.0 */
/** Copies of the data of a collector that runs, with which another one can start. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.backup;
