/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.tocsin.collector.admin.AdminDoor;

/** Wires changes of rules and recordings. */
public record AdminModule() implements Module {
    @Override
    public void configure(Binder binder) {
        binder.bind(AdminDoor.class).in(Scopes.SINGLETON);
    }
}
