/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.wire.EncodedSketch;
import io.tocsin.wire.Sketch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.ObjLongConsumer;

/**
 * Many windows of one series in one: what is left of them when they are old. What is kept are its bytes, some 100 to 500, which
 * are read when somebody asks. Immutable.
 */
public final class SeriesRollup {
    private static final int OBJECT_BYTES = 128;
    /** Behind the number of failed records: how many error types there are, then each. */
    private static final int ERRORS_AT = Long.BYTES;

    private final long startMillis;
    private final long lengthMillis;
    private final byte[] encoded;

    private SeriesRollup(long startMillis, long lengthMillis, byte[] encoded) {
        this.startMillis = startMillis;
        this.lengthMillis = lengthMillis;
        this.encoded = encoded;
    }

    /**
     * What it says.
     *
     * @param failed failed records
     * @param errors failed ones by error type, "" for those without
     * @param seen its windows of ten seconds that have records, 0 for the first
     * @param sketch all values
     */
    public record Content(long failed, Map<String, Long> errors, BitSet seen, Sketch sketch) {
        public static Content empty() {
            return new Content(0, new TreeMap<>(), new BitSet(), new Sketch());
        }

        /** Adds what starts at that window to a copy of the counts; bit set, sketch and errors are changed. */
        public Content and(Content other, int atWindow) {
            other.errors.forEach((type, n) -> errors.merge(type, n, Long::sum));
            other.seen.stream().forEach(window -> seen.set(atWindow + window));
            sketch.merge(other.sketch);
            return new Content(failed + other.failed, errors, seen, sketch);
        }

        /** The same of one that is only read for that. */
        public Content and(SeriesRollup other, int atWindow) {
            other.errors((type, n) -> errors.merge(type, n, Long::sum));
            other.seen(window -> seen.set(atWindow + window));
            sketch.merge(other.sketch());
            return new Content(failed + other.failed(), errors, seen, sketch);
        }
    }

    public static SeriesRollup of(long startMillis, long lengthMillis, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(content.failed());
            out.writeShort(content.errors().size());
            for (Map.Entry<String, Long> error : content.errors().entrySet()) {
                out.writeUTF(error.getKey());
                out.writeLong(error.getValue());
            }
            byte[] seen = content.seen().toByteArray();
            out.writeShort(seen.length);
            out.write(seen);
            content.sketch().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SeriesRollup(startMillis, lengthMillis, bytes.toByteArray());
    }

    /** A window's. Its sketch is the window's own, which must not be changed. */
    public static Content content(SeriesWindow window) {
        long failed = 0;
        for (int n : window.failed()) {
            failed += n;
        }
        BitSet first = new BitSet();
        first.set(0);
        return new Content(failed, window.errors(), first, window.sketch());
    }

    /** What {@link #bytes} gave. */
    public static SeriesRollup read(long startMillis, long lengthMillis, byte[] bytes) {
        return new SeriesRollup(startMillis, lengthMillis, bytes);
    }

    /** What it says, as bytes; not to be changed. */
    public byte[] bytes() {
        return encoded;
    }

    /** Reads all of it: a new one each time, which is the caller's. */
    public Content content() {
        return Content.empty().and(this, 0);
    }

    /** Failed records. */
    public long failed() {
        return ByteBuffer.wrap(encoded).getLong();
    }

    /** Visits failed ones by error type. */
    public void errors(ObjLongConsumer<String> visitor) {
        if (encoded[ERRORS_AT] == 0 && encoded[ERRORS_AT + 1] == 0) {
            return;
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(encoded, ERRORS_AT, encoded.length - ERRORS_AT))) {
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                visitor.accept(in.readUTF(), in.readLong());
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Visits its windows of ten seconds that have records, 0 for the first. */
    public void seen(IntConsumer visitor) {
        ByteBuffer in = ByteBuffer.wrap(encoded).position(seenAt());
        int bytes = Short.toUnsignedInt(in.getShort());
        for (int first = 0; first < bytes * Byte.SIZE; first += Byte.SIZE) {
            for (int bits = Byte.toUnsignedInt(in.get()); bits != 0; bits &= bits - 1) {
                visitor.accept(first + Integer.numberOfTrailingZeros(bits));
            }
        }
    }

    /** All values, read where they lie. */
    public EncodedSketch sketch() {
        int seenAt = seenAt();
        try {
            return EncodedSketch.at(encoded, seenAt + Short.BYTES + small(seenAt));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int seenAt() {
        int at = ERRORS_AT + Short.BYTES;
        for (int left = small(ERRORS_AT); left > 0; left--) {
            at += Short.BYTES + small(at) + Long.BYTES;
        }
        return at;
    }

    private int small(int at) {
        return Short.toUnsignedInt(ByteBuffer.wrap(encoded).getShort(at));
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("a rollup that was written here cannot be read", e);
    }

    /** A multiple of its length. */
    public long startMillis() {
        return startMillis;
    }

    public long lengthMillis() {
        return lengthMillis;
    }

    /** About how much memory it holds. */
    int memoryBytes() {
        return OBJECT_BYTES + encoded.length;
    }
}
