/* SPDX-License-Identifier: Apache-2.0 */
/** The life of an alert; nothing else changes its state. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.engine.alert;
