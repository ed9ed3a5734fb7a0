/// How agents and gateways find each other through etcd. etcd tells who is there; how a node is, its gateway judges by
/// its own connection alone.
@NullMarked
package io.latticeconsole.agent.discovery;

import org.jspecify.annotations.NullMarked;
