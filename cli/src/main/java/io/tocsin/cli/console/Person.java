/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who sits before this terminal, as far as the machine knows. Stateless. */
public final class Person {
    private Person() {}

    /** {@code ada@host}. */
    public static String userAtHost() {
        String user = System.getProperty("user.name", "someone");
        try {
            return user + "@" + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return user; // a machine that does not know its own name
        }
    }
}
