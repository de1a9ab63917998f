/* SPDX-License-Identifier: Apache-2.0 */
/** Starts the stages from the end of the flow, stops them from its beginning, and wires them. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.server;
