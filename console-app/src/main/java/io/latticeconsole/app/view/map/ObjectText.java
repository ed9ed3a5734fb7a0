package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.raster.MapWords;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.Health;
import java.util.StringJoiner;

/// An object of the map in words, for those who listen to it. Pure.
final class ObjectText {
    private ObjectText() {}

    /// `PAR-1 n2, down, 4 accelerators, alarm priority 1`; empty for no object.
    static String describe(MapTopology topology, MapFrame frame, int anchor, MapWords words) {
        if (anchor < 0 || anchor >= topology.anchorCount()) {
            return "";
        }
        int i = topology.indexOf(anchor);
        if (topology.isRegion(anchor)) {
            return topology.region(i).title();
        }
        if (topology.isSite(anchor)) {
            return topology.site(i).code() + ", " + words.tier(topology.site(i).tier());
        }
        StringJoiner text = new StringJoiner(", ");
        text.add(topology.site(topology.siteOf(i)).code() + " "
                + topology.node(i).code());
        if (frame.freshness(i) == Freshness.UNREACHABLE) {
            text.add(words.unreachable());
        } else {
            text.add(words.health(frame.health(i)));
        }
        String admin = words.admin(frame.admin(i));
        if (!admin.isEmpty()) {
            text.add(admin);
        }
        if (topology.node(i).accelerators() > 0) {
            text.add(words.accelerators(topology.node(i).accelerators()));
        }
        if (frame.priority(i) > 0) {
            text.add(words.priority(frame.priority(i)));
        }
        if (frame.health(i) != Health.DOWN) {
            for (Mark mark : Mark.values()) {
                float v = frame.value(i, mark.index());
                text.add(words.mark(mark) + " " + (Float.isNaN(v) ? words.noReading() : words.value(mark, v)));
            }
        }
        return text.toString();
    }
}
