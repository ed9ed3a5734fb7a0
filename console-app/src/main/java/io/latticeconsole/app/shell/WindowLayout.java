package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Theme;

/// What the window remembers: which panes show, how large they are in pixels, its colours and text scale.
public record WindowLayout(
        boolean leftShown,
        boolean rightShown,
        boolean lowerShown,
        double leftWidth,
        double rightWidth,
        double lowerHeight,
        Theme theme,
        double textScale) {
    public static final WindowLayout DEFAULT = new WindowLayout(true, true, true, 232, 420, 256, Theme.NIGHT, 1);

    public static final double LARGEST_TEXT = 2;

    public WindowLayout {
        leftWidth = Math.clamp(leftWidth, 180, 480);
        rightWidth = Math.clamp(rightWidth, 280, 640);
        lowerHeight = Math.clamp(lowerHeight, 120, 720);
        textScale = Math.clamp(textScale, 1, LARGEST_TEXT);
    }

    public WindowLayout withLeft(boolean shown) {
        return new WindowLayout(shown, rightShown, lowerShown, leftWidth, rightWidth, lowerHeight, theme, textScale);
    }

    public WindowLayout withRight(boolean shown) {
        return new WindowLayout(leftShown, shown, lowerShown, leftWidth, rightWidth, lowerHeight, theme, textScale);
    }

    public WindowLayout withLower(boolean shown) {
        return new WindowLayout(leftShown, rightShown, shown, leftWidth, rightWidth, lowerHeight, theme, textScale);
    }

    public WindowLayout withSizes(double left, double right, double lower) {
        return new WindowLayout(leftShown, rightShown, lowerShown, left, right, lower, theme, textScale);
    }

    public WindowLayout withTheme(Theme other) {
        return new WindowLayout(
                leftShown, rightShown, lowerShown, leftWidth, rightWidth, lowerHeight, other, textScale);
    }

    public WindowLayout withTextScale(double scale) {
        return new WindowLayout(leftShown, rightShown, lowerShown, leftWidth, rightWidth, lowerHeight, theme, scale);
    }
}
