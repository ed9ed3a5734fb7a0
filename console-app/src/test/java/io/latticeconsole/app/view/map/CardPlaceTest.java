package io.latticeconsole.app.view.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.map.CardPlace.Spared;
import io.latticeconsole.app.view.map.CardPlace.Spot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardPlaceTest {
    private static final double W = 200;
    private static final double H = 100;
    private static final Spared LEFT = new Spared(330, 300, 60, 40, 1);
    private static final Spared RIGHT = new Spared(470, 300, 60, 40, 1);
    private static final Spared ABOVE = new Spared(400, 250, 60, 40, 1);
    private static final Spared BELOW = new Spared(400, 350, 60, 40, 1);

    @Test
    void aloneTheCardIsToTheRight() {
        Spot spot = beside(List.of()).best(W, H);
        assertEquals(470, spot.x());
        assertEquals(300, spot.y());
    }

    @Test
    void aFreeSideIsTakenWhicheverItIs() {
        List<Spared> all = List.of(LEFT, RIGHT, ABOVE, BELOW);
        for (Spared free : all) {
            List<Spared> others = new ArrayList<>(all);
            others.remove(free);
            Spot spot = beside(others).best(W, H);
            others.forEach(other -> assertTrue(apart(spot, other), free + " is free, hidden: " + other));
        }
    }

    @Test
    void betweenNeighboursAHealthyOneIsHiddenRatherThanOneInAlarm() {
        Spared alarm = new Spared(470, 300, 60, 40, 3);
        List<Spared> around = new ArrayList<>(List.of(alarm));
        for (int row = 0; row < 12; row++) {
            for (int column = 0; column < 12; column++) {
                boolean taken = row == 6 && (column == 5 || column == 6);
                if (!taken) {
                    around.add(new Spared(50 + 70 * column, 60 + 40 * row, 60, 36, 1));
                }
            }
        }
        assertTrue(apart(beside(around).best(W, H), alarm));
    }

    @Test
    void theCardStaysInsideTheField() {
        Spot spot = new CardPlace(930, 10, 60, 40, 1000, 600, List.of()).best(W, H);
        assertTrue(spot.x() >= 0 && spot.x() + W <= 1000 && spot.y() >= 0, spot.toString());
        assertTrue(apart(spot, new Spared(930, 10, 60, 40, 1)));
    }

    @Test
    void aCardRestsWhileItsSizeTremblesAndMovesForAnAlarmBeneathIt() {
        Spot first = beside(List.of(RIGHT)).best(W, H);
        assertEquals(first, beside(List.of(RIGHT)).bestFrom(first, W + 4, H));
        Spared alarm = new Spared(first.x() + 20, first.y() + 20, 60, 40, 3);
        assertTrue(apart(beside(List.of(RIGHT, alarm)).bestFrom(first, W, H), alarm));
    }

    @Test
    void aCardThatFoundNoRoomMovesAsSoonAsThereIsSome() {
        Spot none = new CardPlace(40, 30, 60, 40, 150, 100, List.of()).best(W, H);
        Spot then = new CardPlace(40, 30, 60, 40, 1000, 600, List.of()).bestFrom(none, W, H);
        assertEquals(110, then.x());
    }

    private static CardPlace beside(List<Spared> spared) {
        return new CardPlace(400, 300, 60, 40, 1000, 600, spared);
    }

    private static boolean apart(Spot spot, Spared other) {
        return spot.x() >= other.x() + other.width()
                || spot.x() + W <= other.x()
                || spot.y() >= other.y() + other.height()
                || spot.y() + H <= other.y();
    }
}
