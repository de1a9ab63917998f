/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Input;
import java.util.List;
import java.util.Random;

/** What goes on in a step of {@link Courses#typical}. */
record Weather(int count, double errorShare, double latencySeconds, double coverage) {
    private static final Weather USUAL = new Weather(60, 0.005, 0.4, 1);

    /** 126 steps: nothing else is left in a baseline of 120 windows. */
    private static final int LONG_SILENCE_FROM = 300;

    private static final int LONG_SILENCE_TO = 426;

    /** A script: each kind of trouble has its steps. */
    static Weather at(int step) {
        if (step < 100) {
            return USUAL;
        }
        if (step >= LONG_SILENCE_FROM && step < LONG_SILENCE_TO) {
            return new Weather(0, 0, 0.4, 1);
        }
        return switch (step / 10) {
            case 10, 11 -> new Weather(60, 0.4, 0.4, 1);
            case 14 -> new Weather(60, 0.005, 2, 1);
            case 17 -> new Weather(0, 0, 0.4, 1);
            case 19 -> new Weather(3, 0, 0.4, 0.2);
            case 20 -> new Weather(0, 0, 0.4, 0);
            case 21 -> new Weather(2, 0.5, 0.4, 1);
            case 25 -> new Weather(15, 0.9, 6, 1);
            default -> USUAL;
        };
    }

    WindowData.Builder window(int step, Input.Kind kind, Random random) {
        int values = count == 0 ? 0 : Math.max(1, count - 5 + random.nextInt(11));
        WindowData.Builder window =
                Windows.nth(step).coverage(coverage).values(Windows.logNormal(random, values, latencySeconds, 0.5));
        if (kind == Input.Kind.MEASUREMENTS) {
            return window.gauge();
        }
        int errors = errors(values, random);
        return errors == 0 ? window : window.errors("timeout", errors);
    }

    private int errors(int outcomes, Random random) {
        int errors = 0;
        for (int i = 0; i < outcomes; i++) {
            errors += random.nextDouble() < errorShare ? 1 : 0;
        }
        return errors;
    }

    /** Adds rows for the seconds of a step, and a late one; returns how many. */
    int tally(TallyRows.Builder tallies, int member, int input, long firstSecond, Random random) {
        int rows = 0;
        for (int second = 0; second < 10 && count > 0; second += 3) {
            rows++;
            int all = count / 3;
            int failed = errors(all, random);
            int over = latencySeconds > 1 ? all / 2 : 0;
            tallies.row(member, input, firstSecond + second, all, failed, over, Math.max(failed, over));
        }
        if (rows > 0 && random.nextInt(5) == 0) {
            rows++;
            tallies.row(member, input, firstSecond - 1 - random.nextInt(3000), 3, 1, 1, 1);
        }
        return rows;
    }

    /** Adds records, a tenth of them late; returns how many. */
    int record(RecordRows.Builder records, int member, int input, long startMillis, List<String> keys, Random random) {
        for (int i = 0; i < count; i++) {
            String[] values = keys.stream().map(key -> key + random.nextInt(5)).toArray(String[]::new);
            long late = random.nextInt(10) == 0 ? random.nextInt(60_000) : 0;
            records.record(
                    member,
                    input,
                    startMillis + 10_000L * i / count - late,
                    1,
                    latencySeconds * Math.exp(0.5 * random.nextGaussian()),
                    random.nextDouble() < errorShare ? "timeout" : "",
                    values);
        }
        return count;
    }
}
