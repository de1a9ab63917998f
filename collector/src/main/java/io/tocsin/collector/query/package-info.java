/* SPDX-License-Identifier: Apache-2.0 */
/** Answers questions about what the engine published; never touches the engine's state. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.query;
