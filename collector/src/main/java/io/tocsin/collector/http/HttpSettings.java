/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import java.time.Duration;

/**
 * Limits of the HTTP door. Immutable.
 *
 * @param maxConnections at once; further ones wait in the system's backlog
 * @param maxEventStreams watching clients at once; further ones are refused
 * @param maxCalls calls being answered at once, watching ones apart; further ones are refused
 * @param threads at most; they read requests and make pages, never wait for a call
 * @param maxHeaderBytes of a request, its address included
 * @param maxBodyBytes of a request
 * @param idle a connection on which nothing moves this long is closed
 * @param callDeadline a call not answered by then fails
 * @param keepAlive a silent event stream says that it is there
 * @param slowAfter a watching client that has not read an event this long is let go
 */
public record HttpSettings(
        int maxConnections,
        int maxEventStreams,
        int maxCalls,
        int threads,
        int maxHeaderBytes,
        int maxBodyBytes,
        Duration idle,
        Duration callDeadline,
        Duration keepAlive,
        Duration slowAfter) {
    public static final HttpSettings DEFAULTS = new HttpSettings(
            1_250,
            1_000,
            128,
            8,
            32 * 1024,
            64 * 1024,
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    public HttpSettings {
        if (maxConnections < 1 || maxEventStreams < 0 || maxCalls < 1 || threads < 4 || maxHeaderBytes < 1_024) {
            throw new IllegalArgumentException(
                    "HTTP needs maxConnections and maxCalls of 1 or more, maxEventStreams of 0 or more, 4 threads or more"
                            + " and maxHeaderBytes of 1024 or more, had " + maxConnections + ", " + maxCalls + ", "
                            + maxEventStreams + ", " + threads + ", " + maxHeaderBytes);
        }
    }

    /** The same with other bounds on clients. */
    public HttpSettings with(int connections, int streams) {
        return new HttpSettings(
                connections,
                streams,
                maxCalls,
                threads,
                maxHeaderBytes,
                maxBodyBytes,
                idle,
                callDeadline,
                keepAlive,
                slowAfter);
    }
}
