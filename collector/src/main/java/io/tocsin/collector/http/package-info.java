/* SPDX-License-Identifier: Apache-2.0 */
/** What browsers and Prometheus read. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.http;
