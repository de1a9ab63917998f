/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import java.util.concurrent.atomic.AtomicInteger;

/** Called within a collector by what {@link HaltPoints} wrote into it: ends the process at a named point, at once, the Nth time that it comes there. */
public final class Halt {
    static final int EXIT_CODE = 137;
    static final String POINT = "tocsin.faults.halt.point";
    static final String TIMES = "tocsin.faults.halt.times";

    private static final String POINT_OF_THIS = System.getProperty(POINT, "");
    private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger(TIMES, 1));

    private Halt() {}

    /** Ends at the point, that time that it comes there. */
    static Launch launch(Launch usual, String point, int times) {
        return usual.jvm("-D" + POINT + "=" + point, "-D" + TIMES + "=" + times);
    }

    public static void at(String point) {
        if (point.equals(POINT_OF_THIS) && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
