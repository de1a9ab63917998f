/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Warnings and worse, one line each, on standard error: results have standard output for themselves. */
final class QuietLogs {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private QuietLogs() {}

    static void toStandardError() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        for (Handler handler : root.getHandlers()) {
            handler.setFormatter(new OneLine());
        }
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            Throwable thrown = entry.getThrown();
            return CLOCK.format(entry.getInstant().atZone(ZoneId.systemDefault())) + " " + entry.getLevel() + " "
                    + formatMessage(entry) + (thrown == null ? "" : " (" + thrown + ")") + System.lineSeparator();
        }
    }
}
