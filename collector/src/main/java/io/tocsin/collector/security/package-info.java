/* SPDX-License-Identifier: Apache-2.0 */
/** Who calls: the tenant, decided before any message is read. And what only its receiver may see. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.security;
