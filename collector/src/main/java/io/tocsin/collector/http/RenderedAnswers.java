/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Message;
import io.tocsin.collector.json.ProtoJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of the last few answers, so that an answer which many clients get, the same object, is written once. Told apart by
 * identity. Keeps {@value #MAX_KEPT} answers of at most {@value #MAX_BYTES} bytes. Thread-safe.
 */
final class RenderedAnswers {
    private static final int MAX_KEPT = 16;
    private static final int MAX_BYTES = 1 << 20;

    private final Deque<Rendered> kept = new ArrayDeque<>();

    private static final class Rendered {
        final Message message;
        private byte @Nullable [] json;

        Rendered(Message message) {
            this.message = message;
        }

        /** Whoever comes second waits for the first. */
        synchronized byte[] json() {
            if (json == null) {
                json = ProtoJson.text(message).getBytes(StandardCharsets.UTF_8);
            }
            return json;
        }
    }

    /** Never changed by anybody. */
    byte[] json(Message message) {
        Rendered rendered = find(message);
        byte[] json = rendered.json();
        if (json.length > MAX_BYTES) {
            forget(rendered);
        }
        return json;
    }

    private synchronized Rendered find(Message message) {
        for (Rendered rendered : kept) {
            if (rendered.message == message) {
                return rendered;
            }
        }
        Rendered rendered = new Rendered(message);
        kept.addFirst(rendered);
        if (kept.size() > MAX_KEPT) {
            kept.removeLast();
        }
        return rendered;
    }

    private synchronized void forget(Rendered rendered) {
        kept.remove(rendered);
    }
}
