/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import com.google.gson.JsonObject;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The process's own warnings as JSON, one object a line, on standard error. Stateless. */
public final class JsonLogs {
    private JsonLogs() {}

    /** From here on, unless java's own logging has been configured. */
    public static void toStandardError() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new OneObject());
        }
    }

    static final class OneObject extends Formatter {
        @Override
        public String format(LogRecord entry) {
            JsonObject object = new JsonObject();
            object.addProperty("time", entry.getInstant().toString());
            object.addProperty("level", entry.getLevel().getName());
            object.addProperty("logger", entry.getLoggerName());
            object.addProperty("message", formatMessage(entry));
            if (entry.getThrown() != null) {
                object.addProperty("error", entry.getThrown().toString());
            }
            return object + System.lineSeparator();
        }
    }
}
