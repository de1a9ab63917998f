/* SPDX-License-Identifier: Apache-2.0 */
/** What all doors have in common: how a call fails, how times and pages are written, which partition is meant. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.call;
