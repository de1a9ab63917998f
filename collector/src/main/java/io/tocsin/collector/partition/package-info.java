/* SPDX-License-Identifier: Apache-2.0 */
/** One journal and one engine, and where to find the one that is meant: live, or a recording. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.partition;
