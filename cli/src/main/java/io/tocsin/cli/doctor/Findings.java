/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.doctor;

import io.tocsin.v1.Diagnosis;
import io.tocsin.v1.Diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What was looked at and what was found, in that order. Confined to one thread. */
final class Findings {
    private final List<Diagnosis> found = new ArrayList<>();

    void ok(String check, String seen) {
        add(check, Verdict.VERDICT_OK, seen, "");
    }

    void notice(String check, String seen, String remedy) {
        add(check, Verdict.VERDICT_NOTICE, seen, remedy);
    }

    void trouble(String check, String seen, String remedy) {
        add(check, Verdict.VERDICT_TROUBLE, seen, remedy);
    }

    void addAll(List<Diagnosis> more) {
        found.addAll(more);
    }

    List<Diagnosis> all() {
        return List.copyOf(found);
    }

    boolean anyTrouble() {
        return found.stream().anyMatch(f -> f.getVerdict() == Verdict.VERDICT_TROUBLE);
    }

    private void add(String check, Verdict verdict, String seen, String remedy) {
        found.add(Diagnosis.newBuilder()
                .setCheck(check)
                .setVerdict(verdict)
                .setSeen(seen)
                .setRemedy(remedy)
                .build());
    }
}
