/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import com.google.inject.multibindings.OptionalBinder;
import io.tocsin.collector.diagnosis.ChannelStanding;
import io.tocsin.collector.diagnosis.Checkup;
import io.tocsin.collector.diagnosis.LimitCounts;
import io.tocsin.collector.diagnosis.TraceStanding;

/** Wires the look at the usual troubles. Who sends notifications sets the binding of what they tell. */
public record DiagnosisModule() implements Module {
    @Override
    public void configure(Binder binder) {
        binder.bind(TraceStanding.class).to(TracesOfStages.class).in(Scopes.SINGLETON);
        binder.bind(TracesOfStages.class);
        OptionalBinder.newOptionalBinder(binder, ChannelStanding.class)
                .setDefault()
                .toInstance(ChannelStanding.NONE);
        binder.bind(LimitCounts.Reader.class).to(LimitsOfStages.class).in(Scopes.SINGLETON);
        binder.bind(LimitsOfStages.class);
        binder.bind(Checkup.class).in(Scopes.SINGLETON);
    }
}
