/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The journal on disk: frames with a checksum in files that are written one after the other, forced in groups, and read back. What was
 * forced is never lost unnoticed; what was not is cut. docs/delivery.md has the format.
 */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.journal.segment;
