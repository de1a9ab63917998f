/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.tocsin.collector.query.BuildInfo;
import io.tocsin.collector.query.QueryCounters;
import io.tocsin.collector.query.QueryDoor;
import io.tocsin.collector.query.QuerySettings;

/** Wires read-only calls. */
public record QueryModule(QuerySettings settings, BuildInfo build) implements Module {
    @Override
    public void configure(Binder binder) {
        binder.bind(QuerySettings.class).toInstance(settings);
        binder.bind(BuildInfo.class).toInstance(build);
        binder.bind(QueryCounters.class).toInstance(new QueryCounters());
        binder.bind(QueryDoor.class).in(Scopes.SINGLETON);
    }
}
