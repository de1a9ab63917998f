/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import com.google.protobuf.Message;
import io.tocsin.collector.json.ProtoJson;
import java.io.PrintWriter;

/** Messages as JSON, one object a line, for programs: the same JSON as over HTTP. Thread-safe. */
public final class JsonLines {
    private JsonLines() {}

    /** Writes one message as one line, at once. */
    public static void print(PrintWriter out, Message message) {
        out.println(ProtoJson.text(message));
        out.flush();
    }
}
