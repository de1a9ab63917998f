/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file, as far as a log needs one; tests put files that fail and forget in its place. */
interface SegmentFile extends Closeable {

    /** Fills {@code into} from {@code position} on; less only at the end of the file. Returns how many bytes. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes all that remains in {@code from}. Until {@link #force} it may be lost, in part and in any order. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Returns when all that was written would survive. What a failed one left behind nobody knows, so it is never tried again. */
    void force() throws IOException;

    long sizeBytes() throws IOException;

    void truncate(long sizeBytes) throws IOException;
}
