/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import com.google.inject.multibindings.OptionalBinder;
import io.tocsin.collector.diagnosis.ChannelStanding;
import io.tocsin.collector.notify.ChannelHealth;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.notify.WallClock;
import java.io.PrintStream;
import java.time.InstantSource;

/** Wires channels. */
public record NotifyModule(NotifySettings settings, PrintStream out) implements Module {
    @Override
    public void configure(Binder binder) {
        binder.bind(NotifySettings.class).toInstance(settings);
        binder.bind(WallClock.class).toInstance(new WallClock(InstantSource.system()));
        binder.bind(PrintStream.class).toInstance(out);
        binder.bind(ChannelHealth.class).to(Notifier.class);
        OptionalBinder.newOptionalBinder(binder, ChannelStanding.class)
                .setBinding()
                .to(ChannelsOfStages.class);
        binder.bind(ChannelsOfStages.class);
        binder.bind(Notifier.class).in(Scopes.SINGLETON);
    }
}
