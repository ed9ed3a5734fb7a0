package io.latticeconsole.app.view.map.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DetailLevelTest {
    @Test
    void firstLevelFollowsThePixelsASiteHas() {
        assertEquals(DetailLevel.WORLD, DetailLevel.first(13, 3));
        assertEquals(DetailLevel.REGION, DetailLevel.first(14, 6.9));
        assertEquals(DetailLevel.SITE, DetailLevel.first(60, 7));
        assertEquals(DetailLevel.NODE, DetailLevel.first(600, 112));
    }

    @Test
    void aLevelIsKeptWithinATenthOfItsLimit() {
        assertEquals(DetailLevel.REGION, DetailLevel.REGION.next(60, 7 * 1.09));
        assertEquals(DetailLevel.SITE, DetailLevel.REGION.next(60, 7 * 1.11));
        assertEquals(DetailLevel.SITE, DetailLevel.SITE.next(60, 7 * 0.91));
        assertEquals(DetailLevel.REGION, DetailLevel.SITE.next(60, 7 * 0.89));
        assertEquals(DetailLevel.WORLD, DetailLevel.WORLD.next(15, 3));
        assertEquals(DetailLevel.WORLD, DetailLevel.REGION.next(12.5, 3));
    }

    @Test
    void zoomingSlowlyToAndFroAroundALimitDoesNotFlicker() {
        DetailLevel level = DetailLevel.SITE;
        int changes = 0;
        for (int i = 0; i < 200; i++) {
            double tile = DetailLevel.NUMBERS_PX * (1 + 0.08 * Math.sin(i * 0.7));
            DetailLevel next = level.next(900, tile);
            changes += next == level ? 0 : 1;
            level = next;
        }
        assertEquals(0, changes);
    }

    @Test
    void aLargeStepPassesSeveralLevels() {
        assertEquals(DetailLevel.NODE, DetailLevel.WORLD.next(2000, 300));
        assertEquals(DetailLevel.WORLD, DetailLevel.NODE.next(5, 1));
    }
}
