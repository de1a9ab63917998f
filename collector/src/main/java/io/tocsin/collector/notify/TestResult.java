/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

/** What came of a test. Immutable. */
public record TestResult(boolean delivered, String answer, long tookMillis) {}
