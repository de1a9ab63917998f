/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The form in which state is kept for a restart: sections of values in memory, and the flat checksummed file they become. Knows nothing of what the
 * state means: whoever has state saves and restores it beside its fields.
 */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.checkpoint;
