/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Records;
import io.tocsin.detectors.Tallies;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Makes detectors that write down what they are given, and judge as the test says. */
final class ProbeFactory implements DetectorFactory {
    record SeenWindow(
            int member,
            int input,
            long startMillis,
            long count,
            long errors,
            double coverage,
            double p50,
            String agent) {}

    record SeenTally(int member, long second, long all, long failed, long over, long overOrFailed, long nowMillis) {}

    record SeenRecord(int member, long timeMillis, double value, boolean failed, String error, String key) {}

    static final Parameter<Double> THRESHOLD =
            Parameter.decimal("over", "seconds that are slow").withDefault(1.0);

    final List<SeenWindow> windows = new ArrayList<>();
    final List<SeenTally> tallies = new ArrayList<>();
    final List<SeenRecord> records = new ArrayList<>();
    final List<Long> steps = new ArrayList<>();
    final List<Integer> forgotten = new ArrayList<>();
    /** What to judge about each window. */
    BiConsumer<Window, Findings> judge = (window, findings) -> {};

    private final String name;
    private final List<Input> inputs;

    ProbeFactory(String name, Input... inputs) {
        this.name = name;
        this.inputs = List.of(inputs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return "Writes down what it sees.";
    }

    @Override
    public List<Input> inputs() {
        return inputs;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(THRESHOLD);
    }

    @Override
    public Detector create(Parameters parameters) {
        return new Detector() {
            @Override
            public void observe(Window w, Findings findings) {
                windows.add(new SeenWindow(
                        w.member(),
                        w.input(),
                        w.startMillis(),
                        w.count(),
                        w.errors(),
                        w.coverage(),
                        w.quantile(0.5),
                        w.attribute("agent")));
                judge.accept(w, findings);
            }

            @Override
            public void observe(Tallies t, Findings findings) {
                for (int row = 0; row < t.size(); row++) {
                    tallies.add(new SeenTally(
                            t.member(row),
                            t.second(row),
                            t.all(row),
                            t.failed(row),
                            t.over(row),
                            t.overOrFailed(row),
                            t.nowMillis()));
                }
            }

            @Override
            public void observe(Records r, Findings findings) {
                for (int row = 0; row < r.size(); row++) {
                    records.add(new SeenRecord(
                            r.member(row),
                            r.timeMillis(row),
                            r.value(row),
                            r.failed(row),
                            r.error(row),
                            r.text(row, 0)));
                }
            }

            @Override
            public void step(long endMillis, Findings findings) {
                steps.add(endMillis);
            }

            @Override
            public void forget(int member) {
                forgotten.add(member);
            }

            @Override
            public void save(DataOutput out) {}

            @Override
            public void restore(int format, DataInput in) {}
        };
    }
}
