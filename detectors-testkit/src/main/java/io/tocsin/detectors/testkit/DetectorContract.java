/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
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

    /** Whether the factory is one that the collector must find; false for one that lives in tests alone. */
    protected boolean isNamedForTheServiceLoader() {
        return true;
    }

    private Detector newDetector() {
        return newDetector(factory(), parameters());
    }

    private static Detector newDetector(DetectorFactory factory, Map<String, String> settings) {
        RuleParameters read = RuleParameters.of(factory, settings);
        Detector detector = factory.create(read);
        assertThat(read.problems())
                .as("the settings %s must be accepted; override parameters() to set what must be set", settings)
                .isEmpty();
        return detector;
    }

    @Test
    void p08_nameAndDeclarationsAreConstant() {
        DetectorFactory factory = factory();
        assertThat(factory.name())
                .as("promise 8: name() must be 1 to 64 of a-z, 0-9 and '-', and a constant")
                .matches("[a-z0-9-]{1,64}")
                .isEqualTo(factory.name())
                .isEqualTo(factory().name());
        assertThat(factory.summary())
                .as("promise 8: summary() must say in a sentence what the detector tells")
                .isNotBlank();
        assertThat(factory.inputs())
                .as(
                        "promise 8: inputs() must hold at least one, and the same at each call: keep each in a static final field")
                .isNotEmpty()
                .isEqualTo(factory.inputs())
                .isEqualTo(factory().inputs());
        assertThat(factory.parameters())
                .as("promise 8: parameters() must hold the same at each call: keep each in a static final field")
                .isEqualTo(factory.parameters())
                .isEqualTo(factory().parameters());
        assertThat(factory.stateFormat())
                .as("promise 8: stateFormat() must be 1 or more, and a constant")
                .isPositive()
                .isEqualTo(factory.stateFormat());
        assertThat(factory.inputs())
                .extracting(Input::name)
                .as("promise 8: each input needs a name of its own")
                .doesNotHaveDuplicates();
        assertThat(factory.parameters())
                .extracting(Parameter::name)
                .as("promise 8: each parameter needs a name of its own")
                .doesNotHaveDuplicates();
        List<Parameter<?>> declared = factory.parameters();
        for (Input input : factory.inputs()) {
            input.threshold()
                    .ifPresent(threshold -> assertThat(declared)
                            .as("promise 8: parameters() must hold the threshold of input %s", input.name())
                            .contains(threshold));
        }
    }

    @Test
    void p08_canBeMadeByTheServiceLoader() {
        Class<?> type = factory().getClass();
        assertThat(type).as("promise 8: a factory must be a public class").isPublic();
        assertThat(type.getConstructors())
                .as("promise 8: a factory must have a public constructor without arguments")
                .anyMatch(constructor -> constructor.getParameterCount() == 0);
        if (isNamedForTheServiceLoader()) {
            List<String> found = ServiceLoader.load(DetectorFactory.class, type.getClassLoader()).stream()
                    .map(provider -> provider.type().getName())
                    .toList();
            assertThat(found)
                    .as(
                            "promise 8: the file META-INF/services/%s, beside the classes, must have the line %s",
                            DetectorFactory.class.getName(), type.getName())
                    .contains(type.getName());
        }
    }

    @Test
    void p09_readsNoClockAndNoUnseededRandomness() {
        Set<String> found = new TreeSet<>(Clocks.readBy(factory().getClass()));
        found.addAll(Clocks.readBy(newDetector().getClass()));
        assertThat(found)
                .as(
                        "promise 9: take the time from windows, rows and step(), and seed randomness with a constant. Found, with how it is reached")
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
        String sharing =
                "promise 10: a detector must say the same beside another one as alone; look for statics and for state in the factory";
        assertThat(first.judgements()).as(sharing).isEqualTo(alone);
        assertThat(second.judgements()).as(sharing).isEqualTo(otherAlone);
    }

    @Test
    void p11_sameInputSameJudgements() {
        List<Judgement> judgements = course(SEED).play(newDetector());
        assertThat(judgements)
                .as("promise 11: something must be said for the other promises to be checked; override course()")
                .isNotEmpty();
        assertThat(course(SEED).play(newDetector()))
                .as(
                        "promise 11: the same input must give the same judgements; look for identity hashes and unordered collections")
                .isEqualTo(judgements);
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
                .as("promise 13: scores for empty and extreme input")
                .allSatisfy(judgement -> assertThat(judgement.score())
                        .as(
                                "promise 13: score of %s must be finite and 0 or more; cap it, and see to empty windows",
                                judgement.kind())
                        .isFinite()
                        .isNotNegative());
    }

    @Test
    void p14_aKindOnceJudgedIsJudgedWheneverAnyIs() {
        // checked by the recorder at the end of each step
        for (long seed : new long[] {SEED, SEED + 1}) {
            assertThat(course(seed).play(newDetector()))
                    .as("promise 14: something must be said for it to be checked; override course()")
                    .isNotEmpty();
        }
    }

    @Test
    void p15_saveAndRestoreChangeNothing() {
        Course course = course(SEED);
        List<Judgement> uninterrupted = course.play(newDetector());
        assertThat(course.play(newDetector(), this::restored))
                .as(
                        "promise 15: saved and restored after each call, it must say the same; look for fields that save() leaves out")
                .isEqualTo(uninterrupted);
        for (int part = 1; part <= 8; part++) {
            int place = course.size() * part / 9;
            int[] calls = {0};
            List<Judgement> judgements =
                    course.play(newDetector(), detector -> ++calls[0] == place ? restored(detector) : detector);
            assertThat(judgements)
                    .as(
                            "promise 15: saved and restored after call %s, it must say the same; look for fields that save() leaves out",
                            place)
                    .isEqualTo(uninterrupted);
        }
    }

    @Test
    void p15_anUnknownStateFormatIsRefused() {
        Detector detector = newDetector();
        course(SEED).play(detector);
        DataInputStream state = new DataInputStream(new ByteArrayInputStream(save(detector)));
        Throwable refusal = catchThrowable(() -> newDetector().restore(factory().stateFormat() + 1, state));
        assertThat(refusal)
                .as("promise 15: a format that was never released must be refused; throw an IOException in restore()")
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
                        (name, value) -> assertThat(name)
                                .as("promise 16: the name of a gauge must be 1 to 64 of a-z, 0-9, '.', '_' and '-'")
                                .matches("[a-z0-9._-]{1,64}"));
            }
            assertThat(save(detector))
                    .as("promise 16: inspect() must change nothing that save() writes")
                    .isEqualTo(before);
            return detector;
        });
        assertThat(seen)
                .as("promise 16: with inspect() between the calls, it must say the same")
                .isEqualTo(unseen);
    }

    @Test
    void p17_everyNameInATextIsGiven() {
        // checked by the recorder; here, that there is a text at all for what is bad
        assertThat(course(SEED).play(newDetector()).stream().filter(Judgement::isBad))
                .as("promise 17: texts of bad judgements")
                .allSatisfy(judgement -> assertThat(judgement.text())
                        .as("promise 17: a bad judgement needs a text(), %s has none", judgement.kind())
                        .isNotBlank());
    }

    @Test
    void p18_badParametersAreRefusedByNameValueAndWhatIsAllowed() {
        refused().forEach((name, settings) -> {
            RuleParameters read = RuleParameters.of(factory(), with(settings));
            factory().create(read);
            assertThat(read.problems())
                    .as(
                            "promise 18: %s must be refused with \"%s must be …, was …\"; use Parameter's bounds, or reject()",
                            settings, name)
                    .anySatisfy(problem -> {
                        assertThat(problem).startsWith(name + " ").containsPattern("must|allowed");
                        settings.values()
                                .forEach(value -> assertThat(problem)
                                        .as("promise 18: the refusal must name the value")
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
                    .as("promise 15: restore() must read all that save() wrote; bytes left")
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
}
