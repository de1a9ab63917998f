/* SPDX-License-Identifier: Apache-2.0 */
/** One guarded detector per rule and group. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.engine.detection;
