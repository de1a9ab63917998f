/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.series.SeriesKey;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** 64 bits that tell whether two things are the same, by chance wrong once in 10^19. Not for those who try to be mistaken. */
final class Fingerprint {
    private long hash = 0xcbf29ce484222325L;

    private Fingerprint() {}

    /** Never 0. */
    static long of(SeriesKey key) {
        Fingerprint print = new Fingerprint();
        print.add(key.metric());
        print.add(key.kind().name());
        key.attributes().forEach((name, value) -> {
            print.add(name);
            print.add(value);
        });
        return print.finished();
    }

    /** Never 0. */
    static long of(String text) {
        Fingerprint print = new Fingerprint();
        print.add(text);
        return print.finished();
    }

    /** Two checksums that processors compute in hardware, with different polynomials. */
    static long of(byte[] bytes) {
        CRC32C high = new CRC32C();
        CRC32 low = new CRC32();
        high.update(bytes, 0, bytes.length);
        low.update(bytes, 0, bytes.length);
        return high.getValue() << 32 | low.getValue();
    }

    // FNV-1a over characters and each text's end, after Fowler, Noll and Vo
    private void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ 0x10000) * 0x100000001b3L;
    }

    private long finished() {
        long mixed = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        mixed ^= mixed >>> 32;
        return mixed == 0 ? 1 : mixed;
    }
}
