/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;

/** Opens the way to a collector; tests open it within the process. */
@FunctionalInterface
public interface ChannelFactory {
    /** A channel to {@code target}, HOST:PORT; the caller shuts it down. Connects when first used. */
    ManagedChannel open(String target);

    /** Over TCP, not encrypted. */
    static ChannelFactory tcp() {
        return target -> Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .maxInboundMessageSize(64 << 20)
                .build();
    }
}
