/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.concurrent.TimeUnit;

/** Opens the way to a collector; tests open it within the process. */
@FunctionalInterface
public interface ChannelFactory {
    /** A channel to {@code target}, HOST:PORT; the caller shuts it down. Connects when first used. */
    ManagedChannel open(String target);

    /** So often a quiet connection is asked whether it lives; collectors allow every 5 s. */
    int PING_SECONDS = 10;

    /** Over TCP, not encrypted. A connection that a network forgot is noticed within 15 s. */
    static ChannelFactory tcp() {
        return target -> Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .maxInboundMessageSize(64 << 20)
                .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PING_SECONDS / 2, TimeUnit.SECONDS)
                .build();
    }
}
