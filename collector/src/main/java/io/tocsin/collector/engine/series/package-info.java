/* SPDX-License-Identifier: Apache-2.0 */
/** Which series and producers exist, and when we listened to them. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.engine.series;
