/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

/**
 * One thing that was looked at. Immutable.
 *
 * @param check which look it came from: "clocks"
 * @param seen names the thing and the value
 * @param remedy what to do about it; "" when in order
 */
public record Diagnosis(String check, Verdict verdict, String seen, String remedy) {
    static Diagnosis ok(String check, String seen) {
        return new Diagnosis(check, Verdict.OK, seen, "");
    }

    static Diagnosis notice(String check, String seen, String remedy) {
        return new Diagnosis(check, Verdict.NOTICE, seen, remedy);
    }

    static Diagnosis trouble(String check, String seen, String remedy) {
        return new Diagnosis(check, Verdict.TROUBLE, seen, remedy);
    }
}
