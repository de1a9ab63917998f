/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The secret is an http or https address. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Address {}
