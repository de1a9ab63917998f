/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import java.net.InetSocketAddress;

/** Where something listens. Immutable. */
public record HostPort(String host, int port) {
    static HostPort of(String host, InetSocketAddress bound) {
        return new HostPort(host, bound.getPort());
    }

    /** As one would write it after a scheme: {@code 127.0.0.1:7317}, {@code [::1]:7317}. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }
}
