package io.latticeconsole.security;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Whom a certificate names: the common name of its subject, and the roles in its organizational units.
/// `name` is empty where there is none that orders and logs could carry, 1 to 64 printable ASCII characters
/// without spaces.
public record Identity(String name, Set<Role> roles) {
    public Identity {
        roles = Set.copyOf(roles);
    }

    public static Identity of(X509Certificate certificate) {
        String name = "";
        Set<Role> roles = EnumSet.noneOf(Role.class);
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    name = part.getValue().toString();
                } else if (part.getType().equalsIgnoreCase("OU")) {
                    Role.ofUnit(part.getValue().toString()).ifPresent(roles::add);
                }
            }
        } catch (InvalidNameException e) {
            throw new IllegalArgumentException(
                    "a subject that is no name: " + certificate.getSubjectX500Principal(), e);
        }
        return new Identity(name.matches("[\\x21-\\x7e]{1,64}") ? name : "", roles);
    }
}
