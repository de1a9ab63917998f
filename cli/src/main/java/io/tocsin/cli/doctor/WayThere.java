/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the network says of a target: its name, its port, and what kind of thing listens there. Confined to one thread. */
final class WayThere {
    private static final int PATIENCE_MILLIS = 3_000;
    private static final String HTTP_QUESTION = "GET / HTTP/1.0\r\n\r\n";
    /** TLS answers a plain question with an alert: record type 21, protocol version 3.x. */
    private static final int TLS_ALERT = 21;

    private static final int ENOUGH_BYTES = 16;

    private final String target;
    private final String host;
    private final int port;

    WayThere(String target) {
        this.target = target;
        int colon = target.lastIndexOf(':');
        this.host = target.substring(0, colon).replace("[", "").replace("]", "");
        this.port = Integer.parseInt(target.substring(colon + 1));
    }

    /** Looks, and says what it found; whether it is worth going on. */
    boolean look(Findings findings) {
        Optional<InetAddress[]> addresses = resolve(findings);
        return addresses.isPresent() && connect(addresses.get(), findings);
    }

    private Optional<InetAddress[]> resolve(Findings findings) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            String list =
                    Arrays.stream(addresses).map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
            findings.ok("name", list.equals(host) ? host + " is an address" : host + " is " + list);
            return Optional.of(addresses);
        } catch (UnknownHostException e) {
            findings.trouble(
                    "name",
                    "no address is known for " + host,
                    "check the spelling in --target, and that this machine asks the right name server (getent hosts "
                            + host + ")");
            return Optional.empty();
        }
    }

    private boolean connect(InetAddress[] addresses, Findings findings) {
        IOException last = new IOException("no address");
        for (InetAddress address : addresses) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
                findings.ok("port", "something listens on " + target + " (" + address.getHostAddress() + ")");
                return true;
            } catch (IOException e) {
                last = e;
            }
        }
        if (last instanceof ConnectException) {
            findings.trouble(
                    "port",
                    "nothing listens on " + target,
                    "start a collector there (tocsin serve), or find its port in its first line (\"tocsin ready grpc=...\")"
                            + " and give it with --target; in a container the port must be published, and serve must"
                            + " listen on more than 127.0.0.1");
        } else if (last instanceof SocketTimeoutException) {
            findings.trouble(
                    "port",
                    target + " did not answer within " + PATIENCE_MILLIS / 1_000 + " s",
                    "a firewall swallows it, or the machine is down: try from the collector's own machine");
        } else if (last instanceof NoRouteToHostException) {
            findings.trouble("port", "there is no way to " + target, "check network, VPN and routes of this machine");
        } else {
            findings.trouble("port", target + " cannot be reached: " + last.getMessage(), "check --target");
        }
        return false;
    }

    /** What kind of thing listens, by how it answers a plain HTTP question; empty: cannot tell. */
    Optional<String> kind() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(HTTP_QUESTION.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] answer = in.readNBytes(ENOUGH_BYTES);
            if (answer.length > 1 && answer[0] == TLS_ALERT && answer[1] == 3) {
                return Optional.of("tls");
            }
            String text = new String(answer, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
            if (text.startsWith("HTTP/1.") && text.contains(" 400")) {
                // many servers of TLS say so in plain HTTP
                return Optional.of("http or tls");
            }
            return text.startsWith("HTTP/") ? Optional.of("http") : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
