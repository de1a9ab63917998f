/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The promises of a plugin as tests, numbered as in {@code CONTRACT.md}. Extend it, return your factory, and every promise is checked:
 *
 * <pre>{@code
 * class LatencySpikeContractTest extends DetectorContract {
 *   @Override protected DetectorFactory factory() { return new LatencySpikeFactory(); }
 * }
 * }</pre>
 *
 * <p>Override {@link #parameters} if some must be set, {@link #refused} to show what your own checks refuse, {@link #course} if the usual
 * one ({@link Courses#typical}) gives your detector nothing to say.
 */
public abstract class DetectorContract {
    private static final long SEED = 20_260_101;
    private static final int UNKNOWN_MEMBER = 1_000;

    /** For those who extend it. */
    protected DetectorContract() {}

    /** A new factory. */
    protected abstract DetectorFactory factory();

    /** What a rule sets, by name. */
    protected Map<String, String> parameters() {
        return Map.of();
    }

    /** Settings that the detector's own checks must refuse, by the name of the parameter that the refusal must name. */
    protected Map<String, Map<String, String>> refused() {
        return Map.of();
    }

    /** A course of events in which the detector has something to say, good and bad. */
    protected Course course(long seed) {
        return Courses.typical(factory(), seed);
    }

    private Detector newDetector() {
        return newDetector(factory(), parameters());
    }

    private static Detector newDetector(DetectorFactory factory, Map<String, String> settings) {
        RuleParameters read = RuleParameters.of(factory, settings);
        Detector detector = factory.create(read);
        assertThat(read.problems()).as("problems with %s", settings).isEmpty();
        return detector;
    }

    @Test
    void p08_nameAndDeclarationsAreConstant() {
        DetectorFactory factory = factory();
        assertThat(factory.name())
                .matches("[a-z0-9-]{1,64}")
                .isEqualTo(factory.name())
                .isEqualTo(factory().name());
        assertThat(factory.summary()).isNotBlank();
        assertThat(factory.inputs())
                .isNotEmpty()
                .isEqualTo(factory.inputs())
                .isEqualTo(factory().inputs());
        assertThat(factory.parameters())
                .isEqualTo(factory.parameters())
                .isEqualTo(factory().parameters());
        assertThat(factory.stateFormat()).isPositive().isEqualTo(factory.stateFormat());
        assertThat(factory.inputs()).extracting(Input::name).doesNotHaveDuplicates();
        assertThat(factory.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
        List<Parameter<?>> declared = factory.parameters();
        for (Input input : factory.inputs()) {
            input.threshold()
                    .ifPresent(threshold -> assertThat(declared)
                            .as("threshold of %s", input.name())
                            .contains(threshold));
        }
    }

    @Test
    void p08_canBeMadeByTheServiceLoader() throws NoSuchMethodException {
        Class<?> type = factory().getClass();
        assertThat(type).isPublic();
        assertThat(type.getConstructor().getParameterCount()).isZero();
    }

    @Test
    void p09_readsNoClockAndNoUnseededRandomness() {
        assertThat(Clocks.readBy(factory().getClass()))
                .as("promise 9: references to clocks and randomness")
                .isEmpty();
        assertThat(Clocks.readBy(newDetector().getClass()))
                .as("promise 9: references to clocks and randomness")
                .isEmpty();
    }

    @Test
    void p10_detectorsShareNothing() {
        Course one = course(SEED);
        Course other = course(SEED + 1);
        List<Judgement> alone = one.play(newDetector());
        List<Judgement> otherAlone = other.play(newDetector());

        Course.Player first = one.player(newDetector());
        Course.Player second = other.player(newDetector());
        while (first.hasNext() || second.hasNext()) {
            if (second.hasNext()) {
                second.next();
            }
            if (first.hasNext()) {
                first.next();
            }
        }
        assertThat(first.judgements()).as("promise 10: beside another detector").isEqualTo(alone);
        assertThat(second.judgements())
                .as("promise 10: beside another detector")
                .isEqualTo(otherAlone);
    }

    @Test
    void p11_sameInputSameJudgements() {
        List<Judgement> judgements = course(SEED).play(newDetector());
        assertThat(judgements)
                .as("something must be said for the other promises to be checked; override course()")
                .isNotEmpty();
        assertThat(course(SEED).play(newDetector())).isEqualTo(judgements);
    }

    @Test
    void p12_keepsNoView() {
        Detector detector = newDetector();
        course(SEED).play(detector);
        detector.inspect(0, (name, value) -> {});
        save(detector);
        detector.close();
    }

    @Test
    void p13_scoresAreFiniteForEmptyAndExtremeInput() {
        assertThat(Courses.extreme(factory()).play(newDetector()))
                .allSatisfy(
                        judgement -> assertThat(judgement.score()).isFinite().isNotNegative());
    }

    @Test
    void p14_aKindOnceJudgedIsJudgedWheneverAnyIs() {
        // checked by the recorder at the end of each step
        assertThat(course(SEED).play(newDetector())).isNotEmpty();
        assertThat(course(SEED + 1).play(newDetector())).isNotEmpty();
    }

    @Test
    void p15_saveAndRestoreChangeNothing() {
        Course course = course(SEED);
        List<Judgement> uninterrupted = course.play(newDetector());
        assertThat(course.play(newDetector(), this::restored))
                .as("promise 15: saved and restored after each call")
                .isEqualTo(uninterrupted);
        for (int part = 1; part <= 8; part++) {
            int place = course.size() * part / 9;
            int[] calls = {0};
            List<Judgement> judgements =
                    course.play(newDetector(), detector -> ++calls[0] == place ? restored(detector) : detector);
            assertThat(judgements)
                    .as("promise 15: saved and restored after call %s", place)
                    .isEqualTo(uninterrupted);
        }
    }

    @Test
    void p15_anUnknownStateFormatIsRefused() {
        Detector detector = newDetector();
        course(SEED).play(detector);
        DataInputStream state = new DataInputStream(new ByteArrayInputStream(save(detector)));
        assertThatThrownBy(() -> newDetector().restore(factory().stateFormat() + 1, state))
                .as("promise 15: a format that was never released is refused")
                .isInstanceOf(Exception.class);
    }

    @Test
    void p16_inspectChangesNothing() {
        Course course = course(SEED);
        List<Judgement> unseen = course.play(newDetector());
        List<Judgement> seen = course.play(newDetector(), detector -> {
            byte[] before = save(detector);
            for (int member : new int[] {0, 1, UNKNOWN_MEMBER}) {
                detector.inspect(
                        member,
                        (name, value) -> assertThat(name).as("name of a gauge").matches("[a-z0-9._-]{1,64}"));
            }
            assertThat(save(detector))
                    .as("promise 16: state before and after inspect")
                    .isEqualTo(before);
            return detector;
        });
        assertThat(seen).as("promise 16: judgements with inspect between").isEqualTo(unseen);
    }

    @Test
    void p17_everyNameInATextIsGiven() {
        // checked by the recorder; here, that there is a text at all for what is bad
        assertThat(course(SEED).play(newDetector()).stream().filter(Judgement::isBad))
                .allSatisfy(judgement -> assertThat(judgement.text())
                        .as("text of %s", judgement.kind())
                        .isNotBlank());
    }

    @Test
    void p18_badParametersAreRefusedByNameValueAndWhatIsAllowed() {
        refused().forEach((name, settings) -> {
            RuleParameters read = RuleParameters.of(factory(), with(settings));
            factory().create(read);
            assertThat(read.problems())
                    .as("promise 18: problems with %s", settings)
                    .anySatisfy(problem -> {
                        assertThat(problem).startsWith(name + " ").containsPattern("must|allowed");
                        settings.values()
                                .forEach(value -> assertThat(problem)
                                        .as("names the value")
                                        .contains(value));
                    });
        });
    }

    /** What is within the declared ranges is accepted and works, or is rejected; nothing bad slips through in silence. */
    @Test
    void p18_whateverIsAcceptedWorks() {
        Set<String> tried = new HashSet<>();
        for (Parameter<?> parameter : factory().parameters()) {
            for (String text : Trials.of(parameter)) {
                Map<String, String> settings = with(Map.of(parameter.name(), text));
                RuleParameters read = RuleParameters.of(factory(), settings);
                Detector detector;
                if (!read.problems().isEmpty()) {
                    continue;
                }
                try {
                    detector = factory().create(read);
                } catch (RuntimeException e) {
                    throw new AssertionError(
                            "promise 18: " + parameter + " = " + text + " must be rejected, not thrown at", e);
                }
                if (read.problems().isEmpty() && tried.add(parameter + "=" + text)) {
                    play(detector, parameter, text);
                }
            }
        }
    }

    private void play(Detector detector, Parameter<?> parameter, String text) {
        try {
            Courses.extreme(factory()).play(detector);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("promise 18: " + parameter + " = " + text + " was accepted, and then: " + e, e);
        }
    }

    private Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(parameters());
        all.putAll(settings);
        return all;
    }

    private Detector restored(Detector detector) {
        Detector next = newDetector();
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(save(detector)));
            next.restore(factory().stateFormat(), in);
            assertThat(in.available())
                    .as("promise 15: bytes that were saved and not read")
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException("promise 15: its own state was refused", e);
        }
        return next;
    }

    private static byte[] save(Detector detector) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            detector.save(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Values at the edges of what a parameter allows. */
    private static final class Trials {
        private static final List<String> NUMBERS = List.of(
                "-1e308", "-1", "0", "1e-308", "0.001", "0.5", "0.999999", "1", "2", "10", "1000", "1000000", "1e308");
        private static final List<String> WHOLE = List.of(
                "-9223372036854775808", "-1", "0", "1", "2", "10", "10000", "2147483648", "9223372036854775807");
        private static final List<String> DURATIONS =
                List.of("0s", "1ms", "1s", "4s", "1m", "1h", "1d", "100d", "10000000d");
        private static final List<String> TEXTS = List.of("", "x", "-1", "no such thing", "\u0000");

        static List<String> of(Parameter<?> parameter) {
            return switch (parameter.type()) {
                case DECIMAL -> NUMBERS;
                case WHOLE -> WHOLE;
                case DURATION -> DURATIONS;
                case TEXT -> TEXTS;
                case FLAG -> List.of("true", "false");
                case CHOICE -> words(parameter);
                case TABLE -> List.of("", ";");
            };
        }

        private static List<String> words(Parameter<?> parameter) {
            List<String> words = new ArrayList<>(
                    List.of(parameter.allowed().replace("one of ", "").split(", ")));
            words.removeIf(String::isBlank);
            return words;
        }
    }
}
