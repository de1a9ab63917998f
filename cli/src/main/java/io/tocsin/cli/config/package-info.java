/* SPDX-License-Identifier: Apache-2.0 */
/** {@code check-config} and {@code config show}: what a collector would be told. */
package io.tocsin.cli.config;
