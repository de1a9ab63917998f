/* SPDX-License-Identifier: Apache-2.0 */
/** Tells people and systems of alerts: reads events, routes and groups them, and sends them by channels that keep nobody waiting. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.notify;
