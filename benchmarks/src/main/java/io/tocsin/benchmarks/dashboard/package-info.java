/* SPDX-License-Identifier: Apache-2.0 */
/** How soon the dashboard is answered while others watch it and outcomes come in. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.dashboard;
