/* SPDX-License-Identifier: Apache-2.0 */
/** The collector beside a bare gRPC server: how fast, and at what cost for each outcome. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.ingest;
