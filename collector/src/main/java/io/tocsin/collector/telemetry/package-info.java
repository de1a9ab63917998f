/* SPDX-License-Identifier: Apache-2.0 */
/** How Tocsin itself does, and the collected request metrics, in Prometheus format. Reads counters; never touches a stage's state. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.telemetry;
