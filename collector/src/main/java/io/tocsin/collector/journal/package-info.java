/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The append-only log that is the only input of an engine, and the thread that writes it: decides duplicates, appends,
 * forces in groups, answers.
 */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.journal;
