package io.latticeconsole.security;

import java.util.Locale;
import java.util.Optional;

/// What a certificate lets its holder do; [Access] says which calls that is. A certificate names its roles in
/// the organizational units (OU) of its subject, in small letters: `CN=ana, OU=operator`. It may have
/// several.
public enum Role {
    /// Watches and lists.
    VIEWER,
    /// Plans and orders operations.
    OPERATOR,
    /// Does what operators and exercise directors do.
    SUPERVISOR,
    /// Injects faults and sets the clock of an exercise.
    EXERCISE,
    /// A machine of the lattice: an agent or a gateway.
    NODE,
    /// An application that sends inference requests and sees nothing else.
    CLIENT;

    /// As certificates and people write it.
    public String unit() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The role that an organizational unit names, if it names one.
    public static Optional<Role> ofUnit(String unit) {
        for (Role role : values()) {
            if (role.unit().equalsIgnoreCase(unit.strip())) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
