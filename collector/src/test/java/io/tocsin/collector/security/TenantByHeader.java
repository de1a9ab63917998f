/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.security;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Stands in for credentials: the tenant is what a header says, {@link Tenant#DEFAULT} without one. */
public final class TenantByHeader implements ServerInterceptor {
    public static final Metadata.Key<String> HEADER =
            Metadata.Key.of("x-test-tenant", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String tenant = headers.containsKey(HEADER) ? headers.get(HEADER) : Tenant.DEFAULT;
        return Contexts.interceptCall(Context.current().withValue(Tenant.KEY, tenant), call, headers, next);
    }
}
