package io.latticeconsole.lattice;

/// A fact about lattice objects.
public sealed interface LatticeEvent {
    /// An object is new or has a new value.
    record ObjectChanged(LatticeObject object) implements LatticeEvent {}

    /// An object is gone.
    record ObjectRemoved(ResourceName id) implements LatticeEvent {}
}
