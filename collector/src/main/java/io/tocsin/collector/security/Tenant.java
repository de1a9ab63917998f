/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.security;

import io.grpc.Context;
import org.jspecify.annotations.Nullable;

/** The tenant of the call that runs on this thread. Set by an interceptor alone; no message can name one. */
public final class Tenant {
    /** The tenant of everybody, until there are credentials. */
    public static final String DEFAULT = "default";

    public static final Context.Key<String> KEY = Context.key("tocsin-tenant");

    private Tenant() {}

    /** Read it before leaving the call's thread: what runs elsewhere has another context. */
    public static String current() {
        @Nullable String tenant = KEY.get();
        if (tenant == null) {
            throw new IllegalStateException("the call has no tenant: the server was built without its interceptor");
        }
        return tenant;
    }
}
