/* SPDX-License-Identifier: Apache-2.0 */
/** Sends alert events to subscribers, on a thread of its own, and lists alerts. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.stream;
