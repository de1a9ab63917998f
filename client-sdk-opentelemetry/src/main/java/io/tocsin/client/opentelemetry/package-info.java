/* SPDX-License-Identifier: Apache-2.0 */
/** Ties what a service records to its OpenTelemetry traces. Start at {@link io.tocsin.client.opentelemetry.OpenTelemetryTracing}. */
@NullMarked
package io.tocsin.client.opentelemetry;

import org.jspecify.annotations.NullMarked;
