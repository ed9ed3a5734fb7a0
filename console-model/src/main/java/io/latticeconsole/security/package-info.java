/// Who speaks with whom in a lattice and who may do what: TLS files, names and roles of certificates, the
/// table of rights, and a small authority for development.
@NullMarked
package io.latticeconsole.security;

import org.jspecify.annotations.NullMarked;
