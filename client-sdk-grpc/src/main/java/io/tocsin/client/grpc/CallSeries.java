/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.grpc;

import io.tocsin.client.Attributes;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Stopwatch;
import io.tocsin.client.TocsinClient;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The outcomes of each method, {@value #MAX_METHODS} of them; further ones are "other". What fails here is logged once. Thread-safe. */
final class CallSeries {
    /** A service has tens; a proxy may be asked for anything. */
    static final int MAX_METHODS = 1_000;

    private static final System.Logger LOG = System.getLogger(CallSeries.class.getName());
    private static final String OTHER = "other";

    private final TocsinClient tocsin;
    private final String metric;
    private final Map<String, Outcomes> byMethod = new ConcurrentHashMap<>();
    private final AtomicBoolean told = new AtomicBoolean();

    CallSeries(TocsinClient tocsin, String metric) {
        this.tocsin = tocsin;
        this.metric = metric;
    }

    /** Null if it cannot be recorded. */
    @Nullable
    Stopwatch begin(String method) {
        try {
            Outcomes known = byMethod.get(method);
            return (known == null ? define(method) : known).begin();
        } catch (RuntimeException | LinkageError e) {
            tell(e);
            return null;
        }
    }

    private Outcomes define(String method) {
        String name = byMethod.size() < MAX_METHODS ? method : OTHER;
        return byMethod.computeIfAbsent(
                name,
                absent -> tocsin.outcomes(metric, Attributes.of("rpc.system.name", "grpc", "rpc.method", absent)));
    }

    void end(@Nullable Stopwatch call, CallEnd how) {
        if (call == null) {
            return;
        }
        try {
            call.stop(how.status(), how.errorType());
        } catch (RuntimeException | LinkageError e) {
            tell(e);
        }
    }

    private void tell(Throwable e) {
        if (told.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "calls cannot be recorded, and go on without it: " + e, e);
        }
    }
}
