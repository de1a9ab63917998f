/* SPDX-License-Identifier: Apache-2.0 */
/** Finds detectors: ours and those in the plugins folder, each folder with a class loader of its own. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.plugin;
