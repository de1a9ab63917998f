/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.Words;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** SLOs in words. Stateless. */
final class SloText {
    private SloText() {}

    static String subject(Slo slo) {
        return slo.getGroupCount() == 0
                ? "all"
                : slo.getGroupList().stream().map(Attribute::getValue).collect(Collectors.joining(" "));
    }

    static String status(Slo slo) {
        return slo.getStatus()
                .name()
                .replace("SLO_STATUS_", "")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
    }

    /** A share, or events a second for a throughput SLO. */
    static String amount(Slo slo, double amount) {
        return slo.getType().equals("throughput")
                ? String.format(Locale.ROOT, "%.1f/s", amount)
                : Words.percent(amount);
    }

    static String attained(Slo slo) {
        return hasData(slo) ? amount(slo, slo.getAttained()) : "-";
    }

    static String budget(Slo slo) {
        return hasData(slo) ? Words.percent(slo.getBudgetRemaining()) : "-";
    }

    static Duration window(Slo slo) {
        return Duration.ofSeconds(slo.getWindow().getSeconds());
    }

    private static boolean hasData(Slo slo) {
        return slo.getStatus() != SloStatus.SLO_STATUS_NO_DATA;
    }
}
