/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

/** What a producer's error type id means. */
public record ErrorTypeDefinition(int id, String name) {}
