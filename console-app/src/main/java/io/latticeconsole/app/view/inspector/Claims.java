package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.store.SiteClaim;
import io.latticeconsole.store.SiteContest;
import java.util.ArrayList;
import java.util.List;

/// Which gateways claim a site, where that is more than one: whose word is shown, and whose is set aside.
final class Claims {
    private Claims() {}

    static List<Section> of(Seen seen, SiteId site) {
        SiteContest contest = seen.state().contest(site);
        if (contest == null) {
            return List.of();
        }
        List<Section.Fact> facts = new ArrayList<>();
        facts.add(new Section.Fact(PaneText.of("claim.shown"), text(contest.owner())));
        for (SiteClaim other : contest.others()) {
            facts.add(new Section.Fact(PaneText.of("claim.aside"), text(other)));
        }
        return List.of(new Section.Facts(PaneText.of("inspector.claims"), "", facts));
    }

    private static String text(SiteClaim claim) {
        GatewayId gateway = claim.gateway();
        String name = gateway == null ? claim.address() : gateway.code();
        return PaneText.of("claim.by", name, claim.address(), Long.toString(claim.term()));
    }
}
