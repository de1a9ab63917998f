/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Assertions;

/** More mutants: what a first author gets wrong, and what must not be held against them. */
final class FirstMistakes {
    private FirstMistakes() {}

    static class Shouter extends Mutants.Honest {
        Shouter(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void observe(Window window, Findings findings) {
            findings.judge(0, "Mean.Value", 0);
        }

        public static class Contract extends Mutants.MutantContract {
            public Contract() {
                super(Mutants.Factory.class, Shouter::new);
            }
        }
    }

    /** Compares the count with the mean of the last 120, which is 0 after a long silence. */
    static class Optimist extends Mutants.Honest {
        private static final int BASELINE_WINDOWS = 120;
        private final Deque<Long> counts = new ArrayDeque<>();

        Optimist(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void observe(Window window, Findings findings) {
            if (counts.size() == BASELINE_WINDOWS) {
                double mean = counts.stream().mapToLong(count -> count).sum() / (double) BASELINE_WINDOWS;
                findings.judge(0, "fewer", 1 - Math.min(1, window.count() / mean))
                        .text("fewer than usual");
                counts.removeFirst();
            }
            counts.addLast(window.count());
        }

        public static class Contract extends Mutants.MutantContract {
            public Contract() {
                super(Mutants.Factory.class, Optimist::new);
            }
        }
    }

    /** Honest, with a library that could read a clock and is not asked to. */
    static class Borrower extends Mutants.Honest {
        Borrower(Parameters parameters) {
            super(parameters);
        }

        @Override
        double score(double mean) {
            Assertions.assertTrue(mean >= 0); // beside it are assertions of time limits, which read a clock
            return super.score(mean);
        }

        public static class Contract extends Mutants.MutantContract {
            public Contract() {
                super(Mutants.Factory.class, Borrower::new);
            }
        }
    }

    static class Unnamed extends Mutants.Honest {
        Unnamed(Parameters parameters) {
            super(parameters);
        }

        public static class Contract extends Mutants.MutantContract {
            public Contract() {
                super(Mutants.Factory.class, Unnamed::new);
            }

            @Override
            protected boolean isNamedForTheServiceLoader() {
                return true;
            }
        }
    }
}
