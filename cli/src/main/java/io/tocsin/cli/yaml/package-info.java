/* SPDX-License-Identifier: Apache-2.0 */
/** YAML that commands read: every mistake is told with file, line and what is allowed. */
package io.tocsin.cli.yaml;
