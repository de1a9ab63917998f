/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import java.util.Map;

/**
 * Why a detector thinks so. NaN: not given.
 *
 * @param score the rule's sensitivity applied
 * @param unit of observed, low and high
 */
public record Evidence(
        double score,
        String text,
        double observed,
        double low,
        double high,
        String unit,
        Map<String, Double> numbers,
        Map<String, String> labels) {}
