/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.IOException;
import java.util.List;

/** The folder of one log. Names have no path. */
interface SegmentFolder {

    /** Sorted. */
    List<String> names() throws IOException;

    /** Opens what is there. */
    SegmentFile open(String name) throws IOException;

    /** Makes an empty file, in place of the one of that name if there is one. */
    SegmentFile create(String name) throws IOException;

    void rename(String name, String to) throws IOException;

    void delete(String name) throws IOException;

    /** Returns when the names of files, new, changed and gone, would survive. */
    void force() throws IOException;

    /** Bytes that may still be written, as far as the disk can tell. */
    long usableBytes() throws IOException;

    /** Whether the file has another name too, elsewhere: then what is in it must stay. */
    default boolean isShared(String name) throws IOException {
        return false;
    }

    /** As a person would look for the file. */
    String show(String name);
}
