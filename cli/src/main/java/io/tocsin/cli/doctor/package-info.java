/* SPDX-License-Identifier: Apache-2.0 */
/** Why nothing works: first what can be seen from here, then what the collector itself finds. */
package io.tocsin.cli.doctor;
