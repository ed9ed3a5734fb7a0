package io.latticeconsole.drill.sim;

/// What a fault does to one thing, and how it is undone; undone once, after it was done.
interface Effect {
    void apply();

    void undo();

    /// Every tick while the fault is in force.
    default void tick() {}

    static Effect of(Runnable apply, Runnable undo) {
        return new Effect() {
            @Override
            public void apply() {
                apply.run();
            }

            @Override
            public void undo() {
                undo.run();
            }
        };
    }
}
