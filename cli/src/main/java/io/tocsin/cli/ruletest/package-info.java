/* SPDX-License-Identifier: Apache-2.0 */
/** {@code tocsin test-rules}: made-up events through the engine, and whether the alerts are those that were expected. */
package io.tocsin.cli.ruletest;
