package io.latticeconsole.lattice;

/// An object of the lattice with an owner, a resource name and an etag that changes with every change.
public sealed interface LatticeObject permits Region, Site, Node, Model, Replica, Route, NetworkPath {
    ResourceName id();

    String etag();
}
