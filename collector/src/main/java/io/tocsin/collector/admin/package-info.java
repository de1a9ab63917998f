/* SPDX-License-Identifier: Apache-2.0 */
/** Rules, plugins and recordings of the caller's tenant, changed at run time. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.admin;
