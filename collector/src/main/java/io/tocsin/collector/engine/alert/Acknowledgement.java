/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;

/**
 * Somebody takes care of an alert. Immutable.
 *
 * @param by who, as they said
 * @param note what they wanted to say, perhaps ""
 * @param atMillis since when somebody does, by the engine's clock; stays when it is said again
 */
public record Acknowledgement(String by, String note, long atMillis) {
    void save(StateWriter out) {
        out.writeText(by);
        out.writeText(note);
        out.writeNumber(atMillis);
    }

    static Acknowledgement restore(StateReader in) throws IOException {
        return new Acknowledgement(in.readText(), in.readText(), in.readNumber());
    }
}
