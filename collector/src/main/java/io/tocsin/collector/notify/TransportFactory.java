/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.notify.channel.Transport;
import java.io.PrintStream;
import java.net.URI;

/** Makes what sends; another one in tests. */
interface TransportFactory {
    Transport to(ChannelSettings channel, URI generator, PrintStream out);
}
