/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.nio.ByteBuffer;

/**
 * Length of rollups, and how they lie on disk: by bucket of time, then by series, then by start. So one series is read in a few places of the disk, one for each bucket, and what is
 * old lies together and goes together.
 */
enum Resolution {
    TEN_SECONDS(Family.TEN_SECONDS, 10_000L, 6 * 3_600_000L),
    MINUTE(Family.MINUTES, 60_000L, 24 * 3_600_000L),
    HOUR(Family.HOURS, 3_600_000L, 30 * 24 * 3_600_000L);

    private static final int KEY_BYTES = Integer.BYTES + Integer.BYTES + Short.BYTES;

    final Family family;
    final long lengthMillis;
    final long bucketMillis;

    Resolution(Family family, long lengthMillis, long bucketMillis) {
        this.family = family;
        this.lengthMillis = lengthMillis;
        this.bucketMillis = bucketMillis;
    }

    long floor(long millis) {
        return Math.floorDiv(millis, lengthMillis) * lengthMillis;
    }

    long ceil(long millis) {
        return floor(millis + lengthMillis - 1);
    }

    long bucketOf(long millis) {
        return Math.floorDiv(millis, bucketMillis);
    }

    /** @param startMillis a multiple of the length, not before 1970 */
    byte[] key(int series, long startMillis) {
        return key(bucketOf(startMillis), series, Math.floorMod(startMillis, bucketMillis) / lengthMillis);
    }

    /** Behind the keys of that series in that bucket. */
    byte[] keyBehind(long bucket, int series) {
        return key(bucket, series, bucketMillis / lengthMillis);
    }

    /** Before all keys of that bucket. */
    byte[] bucketKey(long bucket) {
        return key(bucket, 0, 0);
    }

    private static byte[] key(long bucket, int series, long place) {
        return ByteBuffer.allocate(KEY_BYTES)
                .putInt((int) bucket)
                .putInt(series)
                .putShort((short) place)
                .array();
    }

    static long bucketOf(byte[] key) {
        return ByteBuffer.wrap(key).getInt();
    }

    long startOf(byte[] key) {
        ByteBuffer parts = ByteBuffer.wrap(key);
        return parts.getInt(0) * bucketMillis + parts.getShort(2 * Integer.BYTES) * lengthMillis;
    }
}
