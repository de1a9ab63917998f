/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * State as bytes in memory, in sections. Keeps its memory when it is filled again, so that taking a checkpoint does not allocate once it has been taken before. Not
 * thread-safe: filled by one thread, then handed to another.
 */
public final class StateImage {
    static final int BLOCK_BYTES = 1 << 20;

    /**
     * What one part of the state wrote.
     *
     * @param version of its form
     */
    record Section(String name, int version, long from, long to) {
        long bytes() {
            return to - from;
        }
    }

    private final List<byte[]> blocks = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    /** The block of that number, made if need be. */
    byte[] block(int number) {
        while (blocks.size() <= number) {
            blocks.add(new byte[BLOCK_BYTES]);
        }
        return blocks.get(number);
    }

    void clear() {
        sections.clear();
    }

    void add(Section section) {
        sections.add(section);
    }

    List<Section> sections() {
        return sections;
    }

    /** Bytes of all sections. */
    public long bytes() {
        return sections.isEmpty() ? 0 : sections.get(sections.size() - 1).to();
    }

    /** What it takes in memory. */
    public long memoryBytes() {
        return (long) blocks.size() * BLOCK_BYTES;
    }
}
