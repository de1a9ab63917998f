/* SPDX-License-Identifier: Apache-2.0 */
/** Single steps in a loop, by JMH. */
@org.jspecify.annotations.NullMarked
package io.tocsin.benchmarks.micro;
