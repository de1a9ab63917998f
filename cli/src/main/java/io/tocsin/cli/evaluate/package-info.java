/* SPDX-License-Identifier: Apache-2.0 */
/**
 * {@code tocsin evaluate}: how many incidents the default rules find, how fast, and how often they cry wolf, over days of
 * simulated time.
 */
package io.tocsin.cli.evaluate;
