package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Watts;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.SiteSpec;

/// What a gateway owns by configuration: its region and sites, and at the coordinator the models.
record Inventory(Surroundings surroundings, Book book, int region) {
    /// Enters all of it in the book.
    void enter(boolean coordinator) {
        RegionSpec r = surroundings.world().regions().get(region);
        book.put(new Region(r.id(), r.displayName(), r.ingress(), r.gateway(), book.etag()));
        if (coordinator) {
            surroundings.world().models().forEach(this::enter);
        }
        for (SiteSpec site : surroundings.world().sites()) {
            if (site.region() == region) {
                enter(site, surroundings.ownershipTerm());
            }
        }
    }

    private void enter(ModelSpec m) {
        book.put(new Model(
                m.id(),
                m.displayName(),
                m.version(),
                m.versions(),
                m.objective(),
                m.sizeBytes(),
                0.8,
                m.tiers(),
                m.loadSeconds(),
                book.etag()));
    }

    /// Enters a site as claimed under a term.
    void enter(SiteSpec s, long term) {
        book.put(new Site(
                s.id(),
                s.code(),
                s.displayName(),
                s.tier(),
                s.position(),
                new Watts(s.powerCapWatts()),
                new Celsius(s.inletCelsius()),
                term,
                book.etag()));
    }
}
