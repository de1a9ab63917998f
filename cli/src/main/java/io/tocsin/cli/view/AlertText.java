/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import com.google.protobuf.Timestamp;
import io.tocsin.cli.console.Colour;
import io.tocsin.cli.console.Words;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Alerts in words. Stateless. */
public final class AlertText {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_CLOCK = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

    private static final int SHORT_ID = 8;

    private AlertText() {}

    /** {@code firing}. */
    public static String state(AlertState state) {
        return state.name().replace("ALERT_STATE_", "").toLowerCase(Locale.ROOT);
    }

    /** {@code high}. */
    public static String severity(Severity severity) {
        return severity.name().replace("SEVERITY_", "").toLowerCase(Locale.ROOT);
    }

    /** {@code agent-failure/silence}: a rule may find several kinds; the rule alone where the kind says no more. */
    public static String rule(Alert alert) {
        return alert.getKind().isEmpty() || alert.getKind().equals(alert.getRule())
                ? alert.getRule()
                : alert.getRule() + "/" + alert.getKind();
    }

    /** {@code for 1m, recovered}: how long it was bad and why it ended; "" while it is not resolved. */
    static String end(Alert alert) {
        if (!alert.hasResolvedAt()) {
            return "";
        }
        Duration length = Duration.between(instant(alert.getStartsAt()), instant(alert.getResolvedAt()));
        return "for " + Words.length(length) + (alert.getResolution().isEmpty() ? "" : ", " + alert.getResolution());
    }

    /** As much of the id as tells open alerts apart, nearly always. */
    static String shortId(Alert alert) {
        return alert.getId().substring(0, Math.min(SHORT_ID, alert.getId().length()));
    }

    /** {@code by anna: rolled back}: who takes care of it; "" if nobody said so. */
    static String acknowledgement(Alert alert) {
        if (!alert.hasAcknowledgement()) {
            return "";
        }
        String note = alert.getAcknowledgement().getNote().replaceAll("\\s+", " ");
        return "by " + alert.getAcknowledgement().getBy() + (note.isBlank() ? "" : ": " + note);
    }

    /** What it is about: the values of its group, or everything. */
    public static String subject(Alert alert) {
        return alert.getGroupCount() == 0
                ? "all"
                : alert.getGroupList().stream().map(Attribute::getValue).collect(Collectors.joining(" "));
    }

    /** How loud it should look. */
    public static Colour colour(Alert alert) {
        if (alert.getState() == AlertState.ALERT_STATE_RESOLVED) {
            return Colour.GOOD;
        }
        if (alert.getState() == AlertState.ALERT_STATE_ACKNOWLEDGED) {
            return Colour.WARN;
        }
        return alert.getSeverityValue() >= Severity.SEVERITY_HIGH_VALUE ? Colour.BAD : Colour.WARN;
    }

    /** Time of day of this machine. */
    static String clock(Timestamp time) {
        return CLOCK.format(instant(time).atZone(ZoneId.systemDefault()));
    }

    /** Day and time of this machine, {@code -} if absent. */
    static String day(Timestamp time, boolean present) {
        return present ? DAY_AND_CLOCK.format(instant(time).atZone(ZoneId.systemDefault())) : "-";
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
