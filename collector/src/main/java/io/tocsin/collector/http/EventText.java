/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes answers as server-sent events (WHATWG HTML, section 9.2): {@code id} where the client may resume, {@code event}, and the whole answer
 * as {@code data}. Thread-safe.
 */
record EventText(EventNames names, RenderedAnswers rendered) {
    /** How long a browser waits before it connects anew. */
    static final byte[] BEGINNING = bytes("retry: 2000\n\n");

    static final byte[] KEEP_ALIVE = bytes(": keep-alive\n\n");

    /** One without data is no event; what counts is its id, which moves on though nothing of interest happened. */
    byte[] of(Message answer) {
        String id = names.idOf(answer).map(i -> "id: " + i + "\n").orElse("");
        return names.nameOf(answer)
                .map(name -> event(id + "event: " + name + "\n", rendered.json(answer)))
                .orElseGet(() -> bytes(": keep-alive\n" + id + "\n"));
    }

    boolean isEvent(Message answer) {
        return names.nameOf(answer).isPresent();
    }

    /** The last event of a stream that ends early. */
    static byte[] failure(Failure failure) {
        return event("event: failure\n", bytes(failure.json()));
    }

    private static byte[] event(String head, byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + json.length + 16);
        out.writeBytes(bytes(head + "data: "));
        out.writeBytes(json);
        out.writeBytes(bytes("\n\n"));
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
