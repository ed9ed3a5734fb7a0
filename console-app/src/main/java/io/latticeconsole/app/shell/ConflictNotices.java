package io.latticeconsole.app.shell;

import io.latticeconsole.app.text.Words;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.SiteClaim;
import io.latticeconsole.store.SiteContest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Sentences on sites that more than one gateway claims, one for each group of claimants.
final class ConflictNotices {
    private static final int NAMED = 3;

    private ConflictNotices() {}

    static List<String> of(ConsoleState console) {
        Map<List<SiteClaim>, List<String>> sites = new LinkedHashMap<>();
        for (SiteContest contest : console.conflicts()) {
            Site site = console.lattice().sites().get(contest.site());
            sites.computeIfAbsent(contest.claims(), _ -> new ArrayList<>())
                    .add(site == null ? contest.site().code() : site.code());
        }
        List<String> notices = new ArrayList<>();
        sites.forEach((claims, codes) -> notices.add(Words.of(
                "notice.conflict",
                codes(codes),
                text(claims.getFirst()),
                claims.stream().skip(1).map(ConflictNotices::text).collect(Collectors.joining(", ")))));
        return notices;
    }

    private static String codes(List<String> codes) {
        String named = String.join(", ", codes.subList(0, Math.min(NAMED, codes.size())));
        return codes.size() <= NAMED ? named : Words.of("notice.more", named, Integer.toString(codes.size() - NAMED));
    }

    private static String text(SiteClaim claim) {
        GatewayId gateway = claim.gateway();
        String name = gateway == null ? claim.address() : gateway.code();
        return Words.of("notice.claim", name, claim.address(), Long.toString(claim.term()));
    }
}
