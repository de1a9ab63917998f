/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Says each kind of trouble once, so that a host's log is not flooded by ours. Thread-safe. */
public final class TroubleLog {
    private static final System.Logger LOG = System.getLogger("io.tocsin.client");

    private final Set<Trouble> said = ConcurrentHashMap.newKeySet();

    public void say(Trouble trouble, String message, @Nullable Throwable cause) {
        boolean first = said.add(trouble);
        Level level = first ? Level.WARNING : Level.DEBUG;
        String text = first ? message + " (further ones of this kind are logged at debug level)" : message;
        if (cause == null) {
            LOG.log(level, text);
        } else {
            LOG.log(level, text, cause);
        }
    }
}
