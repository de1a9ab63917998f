/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The store on disk: what the engine derived from the journal, in RocksDB. It has no log of its own: what was not flushed before a crash is derived again from the
 * journal, so no checkpoint counts that is later than what was flushed.
 */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.store.disk;
