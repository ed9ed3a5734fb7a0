package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.text.PaneText;
import java.util.Optional;

/// A field of a plan's form, with the name that the contract uses for it in refusals.
public enum FormField {
    TARGETS("targets"),
    POLICY("policy"),
    DEADLINE("deadline"),
    SLOW_START("slow_start"),
    ROUTE("route"),
    MODE("mode"),
    WEIGHTS("weights"),
    RAMP("ramp_per_second"),
    EXPIRY("expire_after"),
    MODEL("model"),
    VERSION("version"),
    NODES("nodes"),
    CANARY("canary_share"),
    BAKE("bake"),
    MAX_ERRORS("max_error_ratio"),
    MAX_TTFT("max_ttft_factor"),
    SURGE("max_surge");

    private final String contractName;

    FormField(String contractName) {
        this.contractName = contractName;
    }

    /// What the screen calls it.
    String words() {
        return PaneText.of("field." + contractName);
    }

    /// The field that a refusal names, as in `spec.drain.deadline` or `weights[2].site`.
    static Optional<FormField> named(String contractField) {
        for (String part : contractField.split("\\.", -1)) {
            String name = part.replaceAll("\\[.*", "");
            for (FormField field : values()) {
                if (field.contractName.equals(name)) {
                    return Optional.of(field);
                }
            }
        }
        return Optional.empty();
    }
}
