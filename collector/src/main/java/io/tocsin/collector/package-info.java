/* SPDX-License-Identifier: Apache-2.0 */
/** The collector: its main, and the wiring of its stages. The packages below are the stages, in the order of the flow. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector;
