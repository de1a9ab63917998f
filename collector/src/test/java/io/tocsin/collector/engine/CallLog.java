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
import java.util.function.ObjDoubleConsumer;

/** Makes detectors that write every call into one list, in the order in which the collector makes them. */
final class CallLog implements DetectorFactory {
    /** What a detector does in its steps, besides. */
    interface InStep {
        void step(Findings findings);
    }

    final List<String> calls = new ArrayList<>();
    InStep inStep = findings -> {};
    boolean overlapped;

    private final List<Input> inputs;
    private boolean inside;

    CallLog(Input... inputs) {
        this.inputs = List.of(inputs);
    }

    List<String> callsOf(String kind) {
        return calls.stream().filter(call -> call.startsWith(kind)).toList();
    }

    private void call(String what, Runnable work) {
        overlapped |= inside;
        inside = true;
        calls.add(what);
        try {
            work.run();
        } finally {
            inside = false;
        }
    }

    /** Seconds since the start of the tests, so that logs can be read. */
    private static long seconds(long millis) {
        return (millis - EngineRig.T0) / 1_000;
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public String summary() {
        return "Writes down every call.";
    }

    @Override
    public List<Input> inputs() {
        return inputs;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of();
    }

    @Override
    public Detector create(Parameters parameters) {
        return new Detector() {
            @Override
            public void observe(Window w, Findings findings) {
                call(
                        "window " + w.member() + "." + w.input() + " at " + seconds(w.startMillis()) + " count "
                                + w.count() + (w.coverage() < 1 ? " partly" : ""),
                        () -> {});
            }

            @Override
            public void observe(Tallies t, Findings findings) {
                StringBuilder rows = new StringBuilder("tallies");
                for (int row = 0; row < t.size(); row++) {
                    rows.append(' ').append(t.member(row)).append('.').append(t.input(row));
                    rows.append('@')
                            .append(t.second(row) - EngineRig.T0 / 1_000)
                            .append('=');
                    rows.append(t.all(row));
                }
                call(rows.toString(), () -> {});
            }

            @Override
            public void observe(Records r, Findings findings) {
                StringBuilder rows = new StringBuilder("records");
                for (int row = 0; row < r.size(); row++) {
                    rows.append(' ').append(r.timeMillis(row) - EngineRig.T0);
                }
                call(rows.toString(), () -> {});
            }

            @Override
            public void step(long endMillis, Findings findings) {
                call("step " + seconds(endMillis), () -> inStep.step(findings));
            }

            @Override
            public void forget(int member) {
                call("forget " + member, () -> {});
            }

            @Override
            public void inspect(int member, ObjDoubleConsumer<String> gauges) {
                call("inspect " + member, () -> gauges.accept("calls", calls.size()));
            }

            @Override
            public void save(DataOutput out) {
                call("save", () -> {});
            }

            @Override
            public void restore(int format, DataInput in) {
                call("restore", () -> {});
            }

            @Override
            public void close() {
                call("close", () -> {});
            }
        };
    }
}
