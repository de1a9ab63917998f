/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.detectors.Finding;
import io.tocsin.detectors.Findings;
import java.util.ArrayList;
import java.util.List;

/** Collects what a detector judges in one call; nothing of it counts until the call has returned. */
final class Judgements implements Findings {
    /** More than a detector can mean: kinds times members. */
    private static final int MAX_PER_CALL = 100_000;

    private final List<Judgement> pool = new ArrayList<>();
    private int size;
    private int members = 1;

    @Override
    public Finding judge(int member, String kind, double score) {
        if (!(score >= 0) || Double.isInfinite(score)) {
            throw new IllegalArgumentException(
                    "score must be finite and 0 or more, was " + score + " for " + kind + " of member " + member);
        }
        if (member < 0 || member >= members) {
            throw new IllegalArgumentException(
                    "member must be 0 to " + (members - 1) + ", was " + member + " for " + kind);
        }
        requireKind(kind);
        if (size >= MAX_PER_CALL) {
            throw new IllegalStateException("a call may judge at most " + MAX_PER_CALL + " times");
        }
        Judgement judgement = find(member, kind);
        judgement.begin(member, kind, score);
        return judgement;
    }

    private static void requireKind(String kind) {
        boolean sound = !kind.isEmpty() && kind.length() <= 64;
        for (int i = 0; sound && i < kind.length(); i++) {
            char c = kind.charAt(i);
            sound = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        if (!sound) {
            throw new IllegalArgumentException("kind must be 1 to 64 of a-z, 0-9 and '-', was \"" + kind + "\"");
        }
    }

    private Judgement find(int member, String kind) {
        // a detector judges few kinds of one member after the other: the same one is near the end, if anywhere
        for (int i = size - 1; i >= Math.max(0, size - 8); i--) {
            Judgement known = pool.get(i);
            if (known.member() == member && known.kind().equals(kind)) {
                return known;
            }
        }
        if (size == pool.size()) {
            pool.add(new Judgement());
        }
        return pool.get(size++);
    }

    /** A call begins, on a group with this many members, 1 if it does not tell them apart. */
    void begin(int ofMembers) {
        members = ofMembers;
        clear();
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    Judgement get(int i) {
        return pool.get(i);
    }
}
