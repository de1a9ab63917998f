/* SPDX-License-Identifier: Apache-2.0 */
/** Asks a collector that runs for a copy of its data. */
@org.jspecify.annotations.NullMarked
package io.tocsin.cli.backup;
