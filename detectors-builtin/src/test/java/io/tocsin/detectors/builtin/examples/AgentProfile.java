/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

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

/**
 * Several numbers at once: load, failures and latency of an agent as one vector, against an exponentially weighted mean and covariance. Finds
 * what is unusual together though nothing is alone: few errors and little latency under a load that always brought more.
 */
final class AgentProfile implements Detector {
    private static final int LOAD = 0;
    private static final int FAILURES = 1;
    private static final int LATENCY = 2;
    private static final int SIZE = 3;
    private static final double WEIGHT = 0.02;
    private static final double RIDGE = 1e-3;
    private static final int WARM = 50;

    private final double limit;
    private final double[] mean = new double[SIZE];
    private final double[] covariance = new double[SIZE * SIZE];
    private final double[] distance = new double[SIZE];
    private long windows;

    AgentProfile(Parameters parameters) {
        limit = parameters.get(Factory.DISTANCE);
    }

    @Override
    public void observe(Window window, Findings findings) {
        if (window.count() == 0) {
            return;
        }
        distance[LOAD] = StrictMath.log((double) window.count()) - mean[LOAD];
        distance[FAILURES] = Math.sqrt((double) window.errors() / window.count()) - mean[FAILURES];
        distance[LATENCY] = StrictMath.log(Math.min(1e9, Math.max(1e-6, window.quantile(0.9)))) - mean[LATENCY];
        if (windows >= WARM) {
            double square = squaredDistance();
            findings.judge(0, "profile", Math.min(1e6, square / (limit * limit)))
                    .compared(Math.sqrt(square), 0, limit, "1")
                    .text("{observed} deviations from the usual profile, at most {high}");
        }
        learn();
    }

    private void learn() {
        windows++;
        double weight = Math.max(WEIGHT, 1.0 / windows);
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                double product = (1 - weight) * distance[i] * distance[j];
                covariance[i * SIZE + j] += weight * (product - covariance[i * SIZE + j]);
            }
        }
        for (int i = 0; i < SIZE; i++) {
            mean[i] += weight * distance[i];
        }
    }

    /** By the inverse of a symmetric 3 × 3 matrix, made safe by a ridge. */
    private double squaredDistance() {
        double a = covariance[0] + RIDGE;
        double b = covariance[1];
        double c = covariance[2];
        double d = covariance[4] + RIDGE;
        double e = covariance[5];
        double f = covariance[8] + RIDGE;
        double x = distance[0];
        double y = distance[1];
        double z = distance[2];
        double determinant = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
        double square = x * x * (d * f - e * e)
                + y * y * (a * f - c * c)
                + z * z * (a * d - b * b)
                + 2 * x * y * (c * e - b * f)
                + 2 * x * z * (b * e - c * d)
                + 2 * y * z * (b * c - a * e);
        return determinant > 0 ? Math.max(0, square / determinant) : 0;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(windows);
        for (double value : mean) {
            out.writeDouble(value);
        }
        for (double value : covariance) {
            out.writeDouble(value);
        }
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        if (format != 1) {
            throw new IOException("state format must be 1, was " + format);
        }
        windows = in.readLong();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = in.readDouble();
        }
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] = in.readDouble();
        }
    }

    /** Makes them. */
    public static final class Factory implements DetectorFactory {
        static final Input AGENT = Input.outcomes("agent", "whose profile is watched");
        static final Parameter<Double> DISTANCE = Parameter.decimal("distance", "deviations that are the limit")
                .atLeast(0.1)
                .atMost(1000.0)
                .withDefault(6.0);

        public Factory() {}

        @Override
        public String name() {
            return "agent-profile";
        }

        @Override
        public String summary() {
            return "Load, failures and latency are unusual together.";
        }

        @Override
        public List<Input> inputs() {
            return List.of(AGENT);
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(DISTANCE);
        }

        @Override
        public Detector create(Parameters parameters) {
            return new AgentProfile(parameters);
        }
    }
}
