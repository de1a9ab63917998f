/* SPDX-License-Identifier: Apache-2.0 */
/** Settings and rules from the command line, the environment, a file and our defaults; all others are handed values. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.config;
