/* SPDX-License-Identifier: Apache-2.0 */
/** What the engine published: windows, alerts, events. In memory here; read by doors, never by the engine. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.store;
