/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.console.Words;
import io.tocsin.cli.terminal.Tone;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Severity;
import io.tocsin.v1.SloStatus;
import java.util.Locale;

/** Numbers, states and severities as the board says them. Stateless. */
final class Says {
    private Says() {}

    /** {@code 112/s}, {@code 4.3/s}. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond >= 99.95 ? "%,.0f/s" : "%.1f/s", perSecond);
    }

    /** {@code 0.32 %}; digits enough to see a small share, no more. */
    static String share(double share) {
        double percent = 100 * share;
        double size = Math.abs(percent);
        if (size == 0) {
            return "0 %";
        }
        return String.format(Locale.ROOT, size < 1 ? "%.2f %%" : size < 100 ? "%.1f %%" : "%,.0f %%", percent);
    }

    /** A target or what was attained: 99.95 % is not 99.9 %. */
    static String goal(String sloType, double value) {
        return sloType.equals("throughput") ? rate(value) : Words.percent(value);
    }

    /** A value with its unit (UCUM), as evidence has it. */
    static String value(double value, String unit) {
        if (Double.isInfinite(value)) {
            return "any";
        }
        return switch (unit) {
            case "s" -> Words.seconds(value);
            case "1" -> share(value);
            case "1/s" -> rate(value);
            case "" -> number(value);
            default -> number(value) + " " + unit;
        };
    }

    /** With thousands apart, and digits as it needs. */
    static String number(double value) {
        return String.format(
                Locale.ROOT, value == Math.rint(value) || Math.abs(value) >= 1_000 ? "%,.0f" : "%.3g", value);
    }

    static String severity(Severity severity) {
        return severity.name().replace("SEVERITY_", "").toLowerCase(Locale.ROOT);
    }

    static String state(AlertState state) {
        return state.name().replace("ALERT_STATE_", "").toLowerCase(Locale.ROOT);
    }

    static String status(SloStatus status) {
        return status.name().replace("SLO_STATUS_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    static Tone tone(Severity severity) {
        return switch (severity) {
            case SEVERITY_CRITICAL -> Tone.ALARM;
            case SEVERITY_HIGH -> Tone.BAD;
            case SEVERITY_MEDIUM, SEVERITY_LOW -> Tone.WARN;
            default -> Tone.PLAIN;
        };
    }

    static Tone tone(Alert alert) {
        return switch (alert.getState()) {
            case ALERT_STATE_FIRING -> tone(alert.getSeverity());
            case ALERT_STATE_RESOLVED, ALERT_STATE_PENDING -> Tone.DIM;
            default -> Tone.PLAIN;
        };
    }

    static Tone tone(SloStatus status) {
        return switch (status) {
            case SLO_STATUS_BREACHED -> Tone.BAD;
            case SLO_STATUS_AT_RISK -> Tone.WARN;
            case SLO_STATUS_MET -> Tone.GOOD;
            default -> Tone.DIM;
        };
    }
}
