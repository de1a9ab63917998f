/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A view of an object that works during one call and throws afterwards (promise 12). A new one for each call. */
final class View<T> implements AutoCloseable {
    private final T view;
    private boolean over;

    View(Class<T> type, T target) {
        view = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (over && method.getDeclaringClass() != Object.class) {
                throw new BrokenPromise(
                        12,
                        type.getSimpleName() + "." + method.getName() + " was called after the call it was given to");
            }
            try {
                return method.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    T get() {
        return view;
    }

    @Override
    public void close() {
        over = true;
    }
}
