package io.latticeconsole.app.view.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ViewportTest {
    @Test
    void aWholeLatticeGrowsWithItsLettersWhereThereIsRoom() {
        Viewport viewport = new Viewport();
        viewport.resize(4000, 3000);
        viewport.show(SeededLattice.topology(24, 7));
        double usual = viewport.camera().scale();
        viewport.letters(1.5);
        assertEquals(1.5 * usual, viewport.camera().scale(), 1e-9);
    }

    @Test
    void whatTheOperatorLooksAtStaysWhileLettersGrow() {
        Viewport viewport = new Viewport();
        viewport.resize(4000, 3000);
        viewport.show(SeededLattice.topology(24, 7));
        viewport.zoom(2, 100, 100);
        double near = viewport.camera().scale();
        viewport.letters(1.5);
        assertEquals(near, viewport.camera().scale());
    }
}
