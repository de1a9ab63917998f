/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;

/**
 * How RocksDB is set up. Small buffers, since large ones make a start slow; direct I/O for what it writes in the background, which takes half the CPU; no blob files, which
 * lost data when they were tried.
 */
final class StoreOptions implements AutoCloseable {
    private static final long MEGABYTE = 1L << 20;
    private static final long CACHE_BYTES = 64 * MEGABYTE;
    private static final long ALL_BUFFERS_BYTES = 96 * MEGABYTE;
    private static final int BLOCK_BYTES = 16 << 10;

    final DBOptions db;
    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final List<ColumnFamilyOptions> families = new ArrayList<>();

    StoreOptions(boolean directIo) {
        db = new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setAtomicFlush(true)
                .setUseDirectIoForFlushAndCompaction(directIo)
                .setDbWriteBufferSize(ALL_BUFFERS_BYTES)
                .setMaxBackgroundJobs(2)
                .setSkipStatsUpdateOnDbOpen(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(4 * MEGABYTE)
                .setKeepLogFileNum(4);
    }

    ColumnFamilyDescriptor descriptor(Family family) {
        return new ColumnFamilyDescriptor(
                family.familyName.getBytes(StandardCharsets.US_ASCII),
                options().setWriteBufferSize(family.bufferMegabytes * MEGABYTE));
    }

    /** One that this build does not know. */
    ColumnFamilyDescriptor unknown(byte[] name) {
        return new ColumnFamilyDescriptor(name, options());
    }

    private ColumnFamilyOptions options() {
        ColumnFamilyOptions options = new ColumnFamilyOptions()
                .setCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setFormatVersion(5));
        families.add(options);
        return options;
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyOptions::close);
        db.close();
        cache.close();
    }
}
