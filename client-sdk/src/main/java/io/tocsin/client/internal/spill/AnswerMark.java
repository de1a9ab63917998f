/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Up to which sequence an incarnation's batches are answered, in a small file with two places written in turn. One that is behind costs that batches
 * are sent again, which the collector tells. Not thread-safe.
 */
final class AnswerMark implements Closeable {
    private static final int PLACE_BYTES = 20;

    private final RandomAccessFile file;
    private long turn;
    private long through;

    /** Opens the file, and reads what it says. */
    AnswerMark(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        byte[] places = new byte[2 * PLACE_BYTES];
        for (int read = 0, at = 0; read >= 0 && at < places.length; at += Math.max(0, read)) {
            read = file.read(places, at, places.length - at);
        }
        read(ByteBuffer.wrap(places, 0, PLACE_BYTES).slice());
        read(ByteBuffer.wrap(places, PLACE_BYTES, PLACE_BYTES).slice());
    }

    private void read(ByteBuffer place) {
        long itsTurn = place.getLong();
        long itsThrough = place.getLong();
        if (itsTurn > turn && place.getInt() == crc(itsTurn, itsThrough)) {
            turn = itsTurn;
            through = itsThrough;
        }
    }

    /** 0 if nothing is known. */
    long through() {
        return through;
    }

    void write(long newThrough) throws IOException {
        through = newThrough;
        turn++;
        ByteBuffer place = ByteBuffer.allocate(PLACE_BYTES)
                .putLong(turn)
                .putLong(newThrough)
                .putInt(crc(turn, newThrough));
        file.seek((turn & 1) * PLACE_BYTES);
        file.write(place.array());
    }

    private static int crc(long turn, long through) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(turn)
                .putLong(through)
                .flip());
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
