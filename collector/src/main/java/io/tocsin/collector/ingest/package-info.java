/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The way in: takes batches and rows from gRPC, checks every record, refuses what is beyond its bounds, and hands the rest to
 * the journal. Runs on gRPC's threads.
 */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.ingest;
