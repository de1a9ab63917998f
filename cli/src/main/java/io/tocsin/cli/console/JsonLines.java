/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintWriter;

/** Messages as JSON, one object a line, for programs: protobuf's own JSON, with fields that are zero. Thread-safe. */
public final class JsonLines {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

    private JsonLines() {}

    /** Writes one message as one line, at once. */
    public static void print(PrintWriter out, Message message) {
        try {
            out.println(PRINTER.print(message));
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure(
                    "cannot show " + message.getDescriptorForType().getName() + " as JSON", e);
        }
        out.flush();
    }
}
