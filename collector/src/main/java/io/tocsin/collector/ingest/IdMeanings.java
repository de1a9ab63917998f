/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ids of one producer's series, or of its error types, mean, as far as the door must know: the kind, and a fingerprint that
 * tells when an id is given another meaning. Nine bytes an id, in pages, so that one great id does not cost an array of its size.
 *
 * <p>Thread-safe: written under its lock, read without. A stream sees what itself has defined; that is all it may use.
 */
final class IdMeanings {
    static final byte UNKNOWN = 0;
    static final byte OUTCOME = 1;
    static final byte GAUGE = 2;
    static final byte COUNTER = 3;
    /** An error type. */
    static final byte ERROR_TYPE = 4;

    static final byte BAD = 5;

    private static final int PAGE_BITS = 10;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int MAX_PROBLEMS = 1_000;

    /** Why the records of an id are rejected. */
    record Problem(Reason reason, String message) {
        static final Problem FORGOTTEN =
                new Problem(Reason.BAD_NAME, "the definition of this id was refused, as were many others");
    }

    /** Meanings of {@link #PAGE_SIZE} ids in a row. */
    private static final class Page {
        final byte[] kinds = new byte[PAGE_SIZE];
        final long[] fingerprints = new long[PAGE_SIZE];
    }

    private final Object lock = new Object();
    private volatile @Nullable Page[] pages = new Page[4];

    @GuardedBy("lock")
    private final Map<Integer, Problem> problems = new HashMap<>();

    /** {@link #UNKNOWN}, a kind, or {@link #BAD}; any id may be asked for. */
    byte kind(int id) {
        @Nullable Page[] all = pages;
        int page = id >>> PAGE_BITS;
        if (page >= all.length) {
            return UNKNOWN;
        }
        @Nullable Page found = all[page];
        return found == null ? UNKNOWN : found.kinds[id & PAGE_SIZE - 1];
    }

    /** Of an id that is {@link #BAD}. */
    Problem problem(int id) {
        synchronized (lock) {
            return problems.getOrDefault(id, Problem.FORGOTTEN);
        }
    }

    /** 0 if the id has no meaning yet. */
    long fingerprint(int id) {
        synchronized (lock) {
            @Nullable Page found = id >>> PAGE_BITS < pages.length ? pages[id >>> PAGE_BITS] : null;
            return found == null ? 0 : found.fingerprints[id & PAGE_SIZE - 1];
        }
    }

    void define(int id, byte kind, long fingerprint) {
        synchronized (lock) {
            Page page = pageOf(id);
            page.fingerprints[id & PAGE_SIZE - 1] = fingerprint;
            page.kinds[id & PAGE_SIZE - 1] = kind;
        }
    }

    /** Keeps the fingerprint, if there is one: the first meaning remains the one that is compared with. */
    void refuse(int id, Problem problem) {
        synchronized (lock) {
            pageOf(id).kinds[id & PAGE_SIZE - 1] = BAD;
            if (problems.size() < MAX_PROBLEMS || problems.containsKey(id)) {
                problems.put(id, problem);
            }
        }
    }

    @GuardedBy("lock")
    private Page pageOf(int id) {
        int page = id >>> PAGE_BITS;
        @Nullable Page[] all = pages;
        if (page >= all.length) {
            all = Arrays.copyOf(all, Math.max(page + 1, all.length * 2));
        }
        @Nullable Page found = all[page];
        if (found == null) {
            found = new Page();
            all[page] = found;
        }
        pages = all;
        return found;
    }
}
