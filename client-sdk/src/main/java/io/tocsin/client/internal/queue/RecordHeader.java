/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.queue;

/** What kind of record, of which series, failed or not and how: packed into a long, so that a record is few numbers. */
public final class RecordHeader {
    public static final int OUTCOME = 0;
    public static final int START = 1;
    public static final int MEASUREMENT = 2;

    /** Series ids need 24 bits, error types 16. */
    public static final int MAX_SERIES_ID = 16_777_215;

    private static final int FAILED_SHIFT = 2;
    private static final int TRACED_SHIFT = 3;
    private static final int ERROR_TYPE_SHIFT = 8;
    private static final int SERIES_SHIFT = 24;

    private RecordHeader() {}

    public static long outcome(int series, boolean failed, int errorType) {
        return (long) series << SERIES_SHIFT | (long) errorType << ERROR_TYPE_SHIFT | (failed ? 1L << FAILED_SHIFT : 0);
    }

    public static long start(int series) {
        return (long) series << SERIES_SHIFT | START;
    }

    public static long measurement(int series) {
        return (long) series << SERIES_SHIFT | MEASUREMENT;
    }

    /** The same record, which belongs to a trace. */
    public static long traced(long header) {
        return header | 1L << TRACED_SHIFT;
    }

    public static boolean isTraced(long header) {
        return (header >>> TRACED_SHIFT & 1) != 0;
    }

    public static int kind(long header) {
        return (int) (header & 3);
    }

    public static boolean failed(long header) {
        return (header >>> FAILED_SHIFT & 1) != 0;
    }

    public static int errorType(long header) {
        return (int) (header >>> ERROR_TYPE_SHIFT) & 0xFFFF;
    }

    public static int series(long header) {
        return (int) (header >>> SERIES_SHIFT);
    }
}
