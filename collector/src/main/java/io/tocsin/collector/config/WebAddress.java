/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** What an address that is posted to may be. Stateless. */
final class WebAddress {
    static final String ALLOWED = "an http or https address, such as https://hooks.example.com/tocsin";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private WebAddress() {}

    /** Throws IllegalArgumentException for what is none. */
    static URI of(String text) {
        try {
            URI address = new URI(text);
            boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (isWeb && address.getHost() != null && address.getUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no address", e);
        }
        throw new IllegalArgumentException("no http address");
    }

    /** Whether nobody on the way can read along. */
    static boolean isPrivate(URI address) {
        return "https".equals(address.getScheme()) || THIS_MACHINE.contains(address.getHost());
    }
}
