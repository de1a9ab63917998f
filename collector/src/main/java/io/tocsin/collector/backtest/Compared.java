/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import java.util.Optional;

/**
 * An alert of then, of now, or one of each that speak of the same problem.
 *
 * @param then what did fire
 * @param now what would have
 */
public record Compared(Verdict verdict, Optional<Episode> then, Optional<Episode> now) {

    /** How the two sides differ. */
    public enum Verdict {
        /** Both, as severe. */
        SAME,
        /** Both, but not as severe. */
        OTHER_SEVERITY,
        /** It fired and would not have. */
        ONLY_THEN,
        /** It would have fired and did not. */
        ONLY_NOW
    }

    static Compared both(Episode then, Episode now) {
        boolean same = then.alert().severity() == now.alert().severity();
        return new Compared(same ? Verdict.SAME : Verdict.OTHER_SEVERITY, Optional.of(then), Optional.of(now));
    }

    static Compared onlyThen(Episode then) {
        return new Compared(Verdict.ONLY_THEN, Optional.of(then), Optional.empty());
    }

    static Compared onlyNow(Episode now) {
        return new Compared(Verdict.ONLY_NOW, Optional.empty(), Optional.of(now));
    }

    /** What one may call it by: of now, if it would have fired. */
    public Episode episode() {
        return now.or(() -> then).orElseThrow();
    }

    boolean overlaps(long fromMillis, long toMillis) {
        return then.filter(e -> e.overlaps(fromMillis, toMillis)).isPresent()
                || now.filter(e -> e.overlaps(fromMillis, toMillis)).isPresent();
    }
}
