package io.latticeconsole.app.view.topbar;

import io.latticeconsole.app.control.FigureBox;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.format.Figure;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The bar across the top. Places are fixed, so that a changing figure moves nothing.
public final class TopBarView extends HBox {
    private final Label lattice = Styles.with(new Label(), "lattice-name");
    private final Label exercise = Styles.with(new Label(Words.of("mode.exercise")), "exercise-word");
    private final Label plaintext = Styles.with(new Label(Words.of("mode.plaintext")), "plaintext-word");
    private final FigureBox requests = new FigureBox(Words.of("figure.requests"), 66);
    private final FigureBox ttft = new FigureBox(Words.of("figure.ttft"), 58);
    private final FigureBox e2e = new FigureBox(Words.of("figure.e2e"), 54);
    private final FigureBox errors = new FigureBox(Words.of("figure.errors"), 54);
    private final FigureBox power = new FigureBox(Words.of("figure.power"), 104);
    private final FigureBox tokens = new FigureBox(Words.of("figure.tokens"), 68);
    private final List<SeverityMark> marks = new ArrayList<>();
    private final List<Label> counts = new ArrayList<>();
    private final FigureBox gateways = new FigureBox(Words.of("figure.gateways"), 54);
    private final FigureBox utc = Styles.with(new FigureBox(Words.of("figure.utc"), 66), "clock");
    private final FigureBox local = Styles.with(new FigureBox(Words.of("figure.local"), 42), "quiet", "clock");

    private final List<FigureBox> giveWay;

    /// @param verified whether the operator's name is that of a certificate
    public TopBarView(TopBarViewModel model, String operator, boolean verified) {
        setSpacing(14);
        getStyleClass().add("top-bar");
        lattice.setMinWidth(Region.USE_PREF_SIZE);
        exercise.setMinWidth(Region.USE_PREF_SIZE);
        plaintext.setMinWidth(Region.USE_PREF_SIZE);
        plaintext.setAccessibleText(Words.of("mode.plaintext.accessible"));
        plaintext.setTooltip(new Tooltip(Words.of("mode.plaintext.accessible")));
        HBox name = new HBox(12, lattice, exercise, plaintext);
        name.setAlignment(Pos.CENTER_LEFT);
        String how = verified ? "operator.verified" : "operator.unverified";
        FigureBox who = Styles.with(new FigureBox(Words.of(how), 0), "quiet");
        who.show(operator, "");
        who.setAccessibleText(Words.of(how + ".accessible", operator));
        getChildren()
                .addAll(
                        name,
                        spring(),
                        requests,
                        ttft,
                        e2e,
                        errors,
                        power,
                        tokens,
                        spring(),
                        troubles(),
                        spring(),
                        gateways,
                        utc,
                        local,
                        spring(),
                        who);
        setMinWidth(0);
        giveWay = List.of(local, who, tokens, e2e, utc, power, gateways, ttft, errors, requests);
        widthProperty().addListener(_ -> fit());
        lattice.fontProperty().addListener(_ -> fit());
        model.stateProperty().subscribe(this::show);
    }

    /// Leaves out what matters least, figure by figure, while large text leaves no room for everything. Name and
    /// troubles stay.
    private void fit() {
        double excess = snappedLeftInset()
                + snappedRightInset()
                + getSpacing() * (getChildren().size() - 1)
                - getWidth();
        for (Node child : getChildren()) {
            excess += room(child);
        }
        for (FigureBox box : giveWay) {
            boolean leave = excess > 0 && getWidth() > 0;
            excess -= leave ? room(box) + getSpacing() : 0;
            box.setManaged(!leave);
            box.setVisible(!leave);
        }
    }

    private static double room(Node child) {
        return Math.max(child.minWidth(-1), child.prefWidth(-1));
    }

    private static Region spring() {
        Region spring = new Region();
        spring.setMinWidth(0);
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    private HBox troubles() {
        HBox box = new HBox(10);
        box.setAlignment(Pos.CENTER_LEFT);
        box.setMinWidth(Region.USE_PREF_SIZE);
        for (int p = 1; p <= 4; p++) {
            SeverityMark mark = new SeverityMark(p);
            Label count = Styles.with(new Label("0"), Styles.STRONG, "trouble-count");
            count.setMinWidth(16);
            HBox one = new HBox(6, mark, count);
            one.setAlignment(Pos.CENTER_LEFT);
            box.getChildren().add(one);
            marks.add(mark);
            counts.add(count);
        }
        return box;
    }

    private void show(TopBarState s) {
        lattice.setText(s.lattice());
        utc.show(s.utc(), "");
        local.show(s.local(), "");
        exercise.setVisible(s.exercise());
        exercise.setManaged(s.exercise());
        plaintext.setVisible(s.plaintext());
        plaintext.setManaged(s.plaintext());
        LatticeFigures f = s.figures();
        requests.show(Figures.of(f.requests()));
        ttft.show(Figures.of(f.ttftP95()));
        e2e.show(Figures.of(f.e2eP95()));
        errors.show(Figures.of(f.errors()));
        Figure watts = Figures.of(f.power());
        power.show(
                watts.value(),
                f.powerCap().isPresent()
                        ? Words.of("figure.power.of", watts.unit(), Figures.text(f.powerCap()))
                        : watts.unit());
        tokens.show(Figures.of(f.tokens()));
        for (int i = 0; i < counts.size(); i++) {
            int count = s.troubles().get(i);
            counts.get(i).setText(Figures.count(count));
            marks.get(i).pseudoClassStateChanged(Styles.IDLE, count == 0);
            counts.get(i).pseudoClassStateChanged(Styles.IDLE, count == 0);
            marks.get(i)
                    .getParent()
                    .setAccessibleText(Words.of("troubles.accessible", count, Words.of("priority." + (i + 1))));
        }
        gateways.show(
                s.gatewaysKnown() == 0
                        ? Figure.NONE.value()
                        : Words.of("figure.gateways.of", s.gatewaysHeard(), s.gatewaysKnown()),
                "");
        fit();
    }
}
