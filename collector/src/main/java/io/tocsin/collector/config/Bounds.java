/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a setting may be, both ends included, written as the setting itself would be. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Bounds {
    String least();

    /** "": no upper bound. */
    String most() default "";
}
