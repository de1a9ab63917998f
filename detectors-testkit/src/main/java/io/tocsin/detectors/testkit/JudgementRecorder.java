/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Finding;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Records what a detector says, call by call, and checks what can be checked on the spot: promises 12, 13, 14 and 17. Not thread-safe. */
public final class JudgementRecorder {
    private static final Pattern KIND = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");

    private final List<Judgement> judgements = new ArrayList<>();
    private final Map<Integer, Set<String>> everJudged = new HashMap<>();
    private final Map<Integer, Set<String>> judgedThisStep = new HashMap<>();
    private int call;

    /** Lends out new {@link Findings} for one call of a detector, and takes down what it says. */
    public void during(Consumer<Findings> detectorCall) {
        OneCall current = new OneCall();
        try (View<Findings> view = new View<>(Findings.class, current)) {
            detectorCall.accept(view.get());
        } finally {
            current.end();
            call++;
        }
    }

    /** A step is over: each kind that a member was ever judged for must have been judged, if any was (promise 14). */
    public void endStep() {
        judgedThisStep.forEach((member, kinds) -> {
            Set<String> missing = new TreeSet<>(everJudged.getOrDefault(member, Set.of()));
            missing.removeAll(kinds);
            if (!missing.isEmpty()) {
                throw new BrokenPromise(
                        14,
                        "member " + member + " was judged for " + kinds + " but not for " + missing
                                + ", as it had been");
            }
            everJudged.computeIfAbsent(member, m -> new HashSet<>()).addAll(kinds);
        });
        judgedThisStep.clear();
    }

    /** The number may now be another member's. */
    public void forget(int member) {
        everJudged.remove(member);
        judgedThisStep.remove(member);
    }

    /** All that was said, in order. */
    public List<Judgement> judgements() {
        return List.copyOf(judgements);
    }

    /** What was said last of a kind, of any member. */
    public Optional<Judgement> last(String kind) {
        return judgements.stream().filter(j -> j.kind().equals(kind)).reduce((earlier, later) -> later);
    }

    private final class OneCall implements Findings {
        private final Map<String, Draft> drafts = new LinkedHashMap<>();
        private final List<View<Finding>> views = new ArrayList<>();

        @Override
        public Finding judge(int member, String kind, double score) {
            endViews(); // a finding is valid until the next judgement
            if (!KIND.matcher(kind).matches()) {
                throw new BrokenPromise(13, "kind must be 1 to 64 of a-z, 0-9 and '-', was \"" + kind + "\"");
            }
            if (member < 0) {
                throw new IllegalArgumentException("member must be 0 or more, was " + member);
            }
            if (!(score >= 0) || Double.isInfinite(score)) {
                throw new BrokenPromise(13, "score of " + kind + " must be finite and 0 or more, was " + score);
            }
            Draft draft = new Draft(call, member, kind, score);
            drafts.put(member + "/" + kind, draft);
            View<Finding> view = new View<>(Finding.class, draft);
            draft.self = view.get();
            views.add(view);
            return view.get();
        }

        void endViews() {
            views.forEach(View::close);
            views.clear();
        }

        void end() {
            endViews();
            for (Draft draft : drafts.values()) {
                judgements.add(draft.finished());
                judgedThisStep
                        .computeIfAbsent(draft.member, m -> new TreeSet<>())
                        .add(draft.kind);
            }
        }
    }

    private static final class Draft implements Finding {
        private final int call;
        private final int member;
        private final String kind;
        private final double score;
        private final Map<String, Double> numbers = new TreeMap<>();
        private final Map<String, String> units = new TreeMap<>();
        private final Map<String, String> labels = new TreeMap<>();
        private String text = "";
        private Optional<Severity> severity = Optional.empty();
        private Finding self = this;

        Draft(int call, int member, String kind, double score) {
            this.call = call;
            this.member = member;
            this.kind = kind;
            this.score = score;
        }

        @Override
        public Finding compared(double observed, double low, double high, String unit) {
            number("observed", observed, unit);
            number("low", low, unit);
            return number("high", high, unit);
        }

        @Override
        public Finding number(String name, double value, String unit) {
            numbers.put(name, value);
            units.put(name, unit);
            return self;
        }

        @Override
        public Finding label(String name, String value) {
            labels.put(name, value);
            return self;
        }

        @Override
        public Finding text(String template) {
            text = template;
            return self;
        }

        @Override
        public Finding severity(Severity proposed) {
            severity = Optional.of(proposed);
            return self;
        }

        Judgement finished() {
            Matcher names = PLACEHOLDER.matcher(text);
            while (names.find()) {
                String name = names.group(1);
                if (!numbers.containsKey(name) && !labels.containsKey(name)) {
                    throw new BrokenPromise(
                            17,
                            "\"" + text + "\" of " + kind + " names {" + name + "}, given were " + numbers.keySet()
                                    + " and " + labels.keySet());
                }
            }
            return new Judgement(call, member, kind, score, numbers, units, labels, text, severity);
        }
    }
}
