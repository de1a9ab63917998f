/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.security;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Gives every call the tenant {@link Tenant#DEFAULT}. The only place that decides it. Immutable. */
public final class TenantInterceptor implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return Contexts.interceptCall(Context.current().withValue(Tenant.KEY, Tenant.DEFAULT), call, headers, next);
    }
}
