/* SPDX-License-Identifier: Apache-2.0 */
/** What a series is: its name, its attributes, and how one picks some of them. Immutable values, no behaviour over time. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.series;
