/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** A whole screen and its keys. Confined to one thread. */
public interface Screen extends AutoCloseable {
    /** How large it is now. */
    Size size();

    /** Waits so long for a key. 0 or more milliseconds; 0 looks only. */
    Optional<KeyPress> key(long millis);

    /** Shows these lines, the first on top; of what is shown already, nothing is written again. */
    void show(List<AttributedString> lines);

    /** Forgets what is shown, so that all of it is written with the next lines. */
    void forget();

    /** Gives the terminal back as it was. May be called twice. */
    @Override
    void close();
}
