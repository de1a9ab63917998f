/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.tocsin.collector.stream.AlertDoor;
import io.tocsin.collector.stream.SubscriptionCounters;
import io.tocsin.collector.stream.SubscriptionSettings;

/** Wires alerts and their subscribers. */
public record StreamModule(SubscriptionSettings settings) implements Module {
    @Override
    public void configure(Binder binder) {
        binder.bind(SubscriptionSettings.class).toInstance(settings);
        binder.bind(SubscriptionCounters.class).toInstance(new SubscriptionCounters());
        binder.bind(AlertDoor.class).in(Scopes.SINGLETON);
    }
}
