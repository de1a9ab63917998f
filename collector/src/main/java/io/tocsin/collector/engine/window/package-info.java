/* SPDX-License-Identifier: Apache-2.0 */
/** Sums records up by second and by ten seconds, and shows them as windows of whatever length a rule wants. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.engine.window;
