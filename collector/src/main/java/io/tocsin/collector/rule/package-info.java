/* SPDX-License-Identifier: Apache-2.0 */
/** What is watched, and how. Immutable values; a rule is declared by the build, by a file or over the API. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.rule;
