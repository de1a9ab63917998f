/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.series.Attributes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as bytes, and keys whose order as bytes is that of their numbers. Stateless. */
final class Bytes {
    private Bytes() {}

    /** Writes something. */
    interface Writer {
        void write(DataOutput out) throws IOException;
    }

    /** Reads something. */
    interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    /** Writes one of several. */
    interface ItemWriter<T> {
        void write(DataOutput out, T item) throws IOException;
    }

    static byte[] of(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static <T> T read(byte[] bytes, Reader<T> reader) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reader.read(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreException("what was stored cannot be read", e);
        }
    }

    /** Of any length, which {@code writeUTF} is not. */
    static void text(DataOutput out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    static String text(DataInput in) throws IOException {
        byte[] utf8 = new byte[in.readInt()];
        in.readFully(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static void texts(DataOutput out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    static List<String> texts(DataInput in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    static <T> void sorted(DataOutput out, Map<String, T> map, ItemWriter<T> writer) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, T> entry : new TreeMap<>(map).entrySet()) {
            text(out, entry.getKey());
            writer.write(out, entry.getValue());
        }
    }

    static <T> Map<String, T> sorted(DataInput in, Reader<T> reader) throws IOException {
        Map<String, T> map = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            map.put(text(in), reader.read(in));
        }
        return Map.copyOf(map);
    }

    static void attributes(DataOutput out, Attributes attributes) throws IOException {
        sorted(out, attributes.asMap(), Bytes::text);
    }

    static Attributes attributes(DataInput in) throws IOException {
        return Attributes.of(sorted(in, Bytes::text));
    }

    static byte[] ofLong(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long toLong(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
