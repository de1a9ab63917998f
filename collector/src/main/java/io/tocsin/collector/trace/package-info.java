/* SPDX-License-Identifier: Apache-2.0 */
/** What the stages tell about the way of a batch, for whoever makes spans of it ({@code telemetry} does). Knows no tracing library. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.trace;
