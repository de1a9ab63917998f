/* SPDX-License-Identifier: Apache-2.0 */
/** What a benchmark found, as a page for people and as JSON for programs. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.report;
