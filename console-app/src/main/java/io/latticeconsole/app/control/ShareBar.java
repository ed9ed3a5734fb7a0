package io.latticeconsole.app.control;

import io.latticeconsole.app.style.Styles;
import javafx.scene.layout.Region;

/// A share of a whole as a bar; no reading leaves the track empty.
public final class ShareBar extends Region {
    private final Region fill = Styles.with(new Region(), "share-bar-fill");
    private double share = Double.NaN;

    public ShareBar(double prefWidth) {
        getStyleClass().add("share-bar");
        setPrefWidth(prefWidth);
        getChildren().add(fill);
    }

    /// @param share 0 to 1, NaN for no reading; what lies beyond is cut off
    public void setShare(double share) {
        if (Double.compare(share, this.share) != 0) {
            this.share = share;
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double width = Double.isNaN(share) ? 0 : snapSizeX(getWidth() * Math.clamp(share, 0, 1));
        fill.resizeRelocate(0, 0, width, getHeight());
    }
}
