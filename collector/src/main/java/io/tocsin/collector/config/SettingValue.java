/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.security.Secret;
import java.util.Optional;

/**
 * One setting as it stands, for people. Immutable.
 *
 * @param text as it was written; {@link Secret#HIDDEN} in place of a secret, but where a secret is may be shown; empty: not set
 */
public record SettingValue(String key, Optional<String> text, SettingOrigin origin) {
    static SettingValue of(Setting setting, Optional<String> text, SettingOrigin origin) {
        boolean hidden = setting.kind().isSecret() && text.isPresent() && !SecretReader.isReference(text.get());
        return new SettingValue(setting.key(), hidden ? Optional.of(Secret.HIDDEN) : text, origin);
    }

    /** Whether the text is there but is not shown. */
    public boolean isHidden() {
        return text.isPresent() && text.get().equals(Secret.HIDDEN);
    }

    /** Whether it has what it has without anybody's doing. */
    public boolean isDefault() {
        return origin.kind() == SettingOrigin.Kind.DEFAULT;
    }
}
