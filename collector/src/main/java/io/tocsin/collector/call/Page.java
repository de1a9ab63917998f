/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * One page of a list: how long it may be and where it begins. Its token is opaque to callers, bound to the tenant and to the
 * query it came from, and carries what must not change between pages: the range, when it was left to "now". Immutable.
 *
 * @param size most entries
 * @param place where the page before ended; empty for the first page
 */
public record Page(int size, Optional<Place> place, long queryHash) {
    public static final int MAX_SIZE = 1_000;
    public static final int DEFAULT_SIZE = 100;
    private static final int VERSION = 1;
    private static final int MAX_TOKEN_CHARS = 64 * 1024;

    /**
     * Where a page ended.
     *
     * @param fromMillis start of the range, 0 if there is none
     * @param toMillis end of the range, 0 if there is none
     * @param after the list's own word for its last entry
     */
    public record Place(long fromMillis, long toMillis, String after) {}

    /**
     * Reads size and token of a request.
     *
     * @param query the request without page size and token
     */
    public static Page of(String tenant, MessageLite query, int pageSize, String token) {
        if (pageSize < 0 || pageSize > MAX_SIZE) {
            throw CallErrors.invalid("page_size", "must be 0 to " + MAX_SIZE + ", was " + pageSize);
        }
        long hash = hash(tenant, query);
        int size = pageSize == 0 ? DEFAULT_SIZE : pageSize;
        return new Page(size, token.isEmpty() ? Optional.empty() : Optional.of(read(token, hash)), hash);
    }

    /** The token of the page that begins after {@code place}. */
    public String next(Place next) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(queryHash);
            out.writeLong(next.fromMillis());
            out.writeLong(next.toMillis());
            out.write(next.after().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** For lists whose order has no key: entries given so far. */
    public int offset() {
        try {
            return place.map(p -> Integer.parseUnsignedInt(p.after())).orElse(0);
        } catch (NumberFormatException e) {
            throw CallErrors.invalid("page_token", "must be the next_page_token of an answer, unchanged");
        }
    }

    private static Place read(String token, long hash) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(
                Base64.getUrlDecoder().decode(token.length() > MAX_TOKEN_CHARS ? "" : token)))) {
            if (in.readByte() == VERSION) {
                if (in.readLong() != hash) {
                    throw CallErrors.invalid(
                            "page_token", "belongs to another query; send it with the request it was answered to");
                }
                return new Place(in.readLong(), in.readLong(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException e) {
            // answered below: whatever is wrong with it, it is not ours
        }
        throw CallErrors.invalid(
                "page_token", "must be empty or the next_page_token of an answer, was \"" + shortened(token) + "\"");
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static long hash(String tenant, MessageLite query) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((tenant + '\n' + query.getClass().getSimpleName() + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(query.toByteArray());
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
