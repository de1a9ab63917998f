/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.simulation;

import io.tocsin.detectors.Finding;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Severity;

/** Hears the worst that is said in a step. Allocates nothing. */
public final class Listener implements Findings, Finding {
    private double worst;
    private int worstMember;
    private String worstKind = "";
    private final String onlyKind;

    public Listener() {
        this("");
    }

    /** Hears one kind only. */
    public Listener(String onlyKind) {
        this.onlyKind = onlyKind;
    }

    public void reset() {
        worst = 0;
        worstMember = -1;
        worstKind = "";
    }

    public double worst() {
        return worst;
    }

    public int worstMember() {
        return worstMember;
    }

    public String worstKind() {
        return worstKind;
    }

    @Override
    public Finding judge(int member, String kind, double score) {
        if (score > worst && (onlyKind.isEmpty() || onlyKind.equals(kind))) {
            worst = score;
            worstMember = member;
            worstKind = kind;
        }
        return this;
    }

    @Override
    public Finding compared(double observed, double low, double high, String unit) {
        return this;
    }

    @Override
    public Finding number(String name, double value, String unit) {
        return this;
    }

    @Override
    public Finding label(String name, String value) {
        return this;
    }

    @Override
    public Finding text(String template) {
        return this;
    }

    @Override
    public Finding severity(Severity severity) {
        return this;
    }
}
