/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** Opens channels to endpoints named as host:port, or [address]:port for IPv6. */
public final class PlaintextChannels {
    private PlaintextChannels() {}

    public static ManagedChannel open(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        return NettyChannelBuilder.forAddress(
                        endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1)))
                .usePlaintext()
                // listeners only leave a message for the sender
                .directExecutor()
                // what must be sent again is kept and sent by the sender
                .disableRetry()
                .build();
    }

    public static void requireValid(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        try {
            int port = colon < 1 ? 0 : Integer.parseInt(endpoint.substring(colon + 1));
            if (port >= 1 && port <= 65_535) {
                return;
            }
        } catch (NumberFormatException e) {
            // refused below, with all that there is to say
        }
        throw new IllegalArgumentException(
                "endpoint must be host:port with a port from 1 to 65535, was \"" + endpoint + '"');
    }
}
