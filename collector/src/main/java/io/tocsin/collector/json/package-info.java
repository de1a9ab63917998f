/* SPDX-License-Identifier: Apache-2.0 */
/** How messages look as JSON: one set of conventions for HTTP and the command line. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.json;
