package io.latticeconsole.app.style;

import javafx.css.PseudoClass;
import javafx.scene.Node;

/// Names of style classes and pseudo-classes in `console.css`.
public final class Styles {
    public static final String DIM = "dim";
    public static final String STRONG = "strong";
    public static final String SMALL = "small";
    public static final String TITLE = "title";
    public static final String SUBTITLE = "subtitle";
    public static final String SECTION_HEADING = "section-heading";
    public static final String SECTION_NOTE = "section-note";
    public static final String CARD = "card";
    public static final String CARD_NAME = "card-name";
    public static final String CARD_NOTE = "card-note";
    public static final String PICKABLE = "pickable";
    public static final String BANNER = "banner";
    public static final String KEY_HINT = "key-hint";
    public static final String KEY_CAP = "key-cap";
    public static final String NOTICE_BAND = "notice-band";
    public static final String RAIL = "rail";

    public static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    public static final PseudoClass IDLE = PseudoClass.getPseudoClass("idle");
    public static final PseudoClass EXERCISE = PseudoClass.getPseudoClass("exercise");
    private static final PseudoClass[] PRIORITIES = {
        PseudoClass.getPseudoClass("p1"),
        PseudoClass.getPseudoClass("p2"),
        PseudoClass.getPseudoClass("p3"),
        PseudoClass.getPseudoClass("p4")
    };

    private Styles() {}

    /// Sets the pseudo-class of a priority, 1 to 4, and clears the others; 0 clears all.
    public static void priority(Node node, int priority) {
        for (int p = 1; p <= PRIORITIES.length; p++) {
            node.pseudoClassStateChanged(PRIORITIES[p - 1], p == priority);
        }
    }

    /// Adds style classes and returns the node.
    public static <N extends Node> N with(N node, String... classes) {
        node.getStyleClass().addAll(classes);
        return node;
    }
}
