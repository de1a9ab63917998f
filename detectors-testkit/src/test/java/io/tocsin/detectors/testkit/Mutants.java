/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjDoubleConsumer;

/** Detectors that break one promise each, and an honest one to start from. */
final class Mutants {
    private Mutants() {}

    /** An honest detector: the latest mean beside the greatest mean so far. Mutants override what they break. */
    static class Honest implements Detector {
        final double limit;
        double greatest;
        long windows;

        Honest(Parameters parameters) {
            limit = parameters.get(Factory.LIMIT);
        }

        @Override
        public void observe(Window window, Findings findings) {
            windows++;
            if (window.count() > 0) {
                double mean = Math.min(1e300, Math.abs(window.sum() / window.count()));
                greatest = Math.max(greatest, mean);
                findings.judge(0, "mean", score(mean))
                        .compared(mean, 0, greatest, "1")
                        .text("{observed} of {high}");
                findings.judge(0, "count", windows % 100 / 50.0)
                        .number("windows", windows, "1")
                        .text("{windows}");
            }
        }

        double score(double mean) {
            return greatest == 0 ? 0 : mean / greatest * limit;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeDouble(greatest);
            out.writeLong(windows);
        }

        @Override
        public void restore(int format, DataInput in) throws IOException {
            if (format != 1) {
                throw new IOException("state format must be 1, was " + format);
            }
            greatest = in.readDouble();
            windows = in.readLong();
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Honest::new);
            }
        }
    }

    /** A factory of any of them. */
    public static class Factory implements DetectorFactory {
        static final Input VALUES = Input.measurements("values", "any");
        static final Parameter<Double> LIMIT = Parameter.decimal("limit", "score of the greatest")
                .atLeast(0.0)
                .atMost(10.0)
                .withDefault(1.0);
        Function<Parameters, Detector> maker = Honest::new;

        public Factory() {}

        @Override
        public String name() {
            return "mutant";
        }

        @Override
        public String summary() {
            return "Breaks a promise.";
        }

        @Override
        public List<Input> inputs() {
            return List.of(VALUES);
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(LIMIT);
        }

        @Override
        public Detector create(Parameters parameters) {
            return maker.apply(parameters);
        }
    }

    abstract static class MutantContract extends DetectorContract {
        private final Class<? extends Factory> type;
        private final Function<Parameters, Detector> maker;

        MutantContract(Class<? extends Factory> type, Function<Parameters, Detector> maker) {
            this.type = type;
            this.maker = maker;
        }

        @Override
        protected boolean isNamedForTheServiceLoader() {
            return false;
        }

        @Override
        protected DetectorFactory factory() {
            try {
                Factory factory = type.getConstructor().newInstance();
                factory.maker = maker;
                return factory;
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    static class ClockReader extends Honest {
        ClockReader(Parameters parameters) {
            super(parameters);
        }

        @Override
        double score(double mean) {
            return System.currentTimeMillis() < 0 ? 1 : super.score(mean);
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, ClockReader::new);
            }
        }
    }

    static class Gambler extends Honest {
        Gambler(Parameters parameters) {
            super(parameters);
        }

        @Override
        double score(double mean) {
            return super.score(mean) + Math.random() * 1e-9;
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Gambler::new);
            }
        }
    }

    static class Sharer extends Honest {
        static double greatestOfAll;

        Sharer(Parameters parameters) {
            super(parameters);
        }

        @Override
        double score(double mean) {
            greatestOfAll = Math.max(greatestOfAll * 0.9, mean);
            return mean / greatestOfAll;
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Sharer::new);
            }
        }
    }

    static class Hoarder extends Honest {
        private Window previous;

        Hoarder(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void observe(Window window, Findings findings) {
            if (previous != null && previous.count() < 0) {
                return;
            }
            previous = window;
            super.observe(window, findings);
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Hoarder::new);
            }
        }
    }

    static class Divider extends Honest {
        Divider(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void observe(Window window, Findings findings) {
            findings.judge(0, "mean", window.sum() / window.count());
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Divider::new);
            }
        }
    }

    static class Forgetful extends Honest {
        Forgetful(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void observe(Window window, Findings findings) {
            super.observe(window, findings);
            if (window.max() > 2) {
                findings.judge(0, "peak", 1).text("too great");
            }
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Forgetful::new);
            }
        }
    }

    static class Loser extends Honest {
        Loser(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeDouble(greatest);
        }

        @Override
        public void restore(int format, DataInput in) throws IOException {
            if (format != 1) {
                throw new IOException("state format must be 1, was " + format);
            }
            greatest = in.readDouble();
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Loser::new);
            }
        }
    }

    static class Guesser extends Honest {
        Guesser(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void restore(int format, DataInput in) throws IOException {
            super.restore(1, in);
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Guesser::new);
            }
        }
    }

    static class Meddler extends Honest {
        Meddler(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void inspect(int member, ObjDoubleConsumer<String> gauges) {
            gauges.accept("windows", windows++);
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Meddler::new);
            }
        }
    }

    static class Misspeller extends Honest {
        Misspeller(Parameters parameters) {
            super(parameters);
        }

        @Override
        public void observe(Window window, Findings findings) {
            findings.judge(0, "mean", 0).number("usual", 1, "1").text("usually {usal}");
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Misspeller::new);
            }
        }
    }

    /** Declares no range, and lets anything through. */
    public static class AnythingGoes extends Factory {
        static final Parameter<Double> SCALE =
                Parameter.decimal("scale", "a divisor").withDefault(1.0);

        public AnythingGoes() {}

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(LIMIT, SCALE);
        }
    }

    static class Swallower extends Honest {
        private final double scale;

        Swallower(Parameters parameters) {
            super(parameters);
            scale = parameters.get(AnythingGoes.SCALE);
        }

        @Override
        double score(double mean) {
            return mean / scale;
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(AnythingGoes.class, Swallower::new);
            }
        }
    }

    static class Unchecking extends Honest {
        Unchecking(Parameters parameters) {
            super(parameters);
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Factory.class, Unchecking::new);
            }

            @Override
            protected Map<String, Map<String, String>> refused() {
                return Map.of("limit", Map.of("limit", "7"));
            }
        }
    }

    /** A name of its own for each factory. */
    public static class Renamer extends Factory {
        private final String name = "mutant-" + System.identityHashCode(this);

        public Renamer() {}

        @Override
        public String name() {
            return name;
        }

        public static class Contract extends MutantContract {
            public Contract() {
                super(Renamer.class, Honest::new);
            }
        }
    }
}
