package io.latticeconsole.app.view.map.scene;

import io.latticeconsole.lattice.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// What exists and belongs together: regions, their sites, the sites' nodes, and links between any of them. Immutable.
///
/// Every object has an *anchor*, one number for all kinds: first the regions, then the sites, then the nodes.
public final class MapTopology {
    /// A topology without anything in it.
    public static final MapTopology EMPTY = new Builder().build();

    private final List<Region> regions;
    private final List<Site> sites;
    private final List<Node> nodes;
    private final int[] nodeSite;
    private final int[][] siteNodes;
    private final int[][] regionSites;
    private final int[] linkFrom;
    private final int[] linkTo;
    private final Map<String, Integer> anchors;

    private MapTopology(Builder builder) {
        regions = List.copyOf(builder.regions);
        sites = List.copyOf(builder.sites);
        nodes = List.copyOf(builder.nodes);
        nodeSite = nodes.stream().mapToInt(Node::site).toArray();
        siteNodes = group(nodeSite, sites.size());
        regionSites = group(sites.stream().mapToInt(Site::region).toArray(), regions.size());
        linkFrom = builder.linkFrom.stream().mapToInt(Integer::intValue).toArray();
        linkTo = builder.linkTo.stream().mapToInt(Integer::intValue).toArray();
        Map<String, Integer> byKey = HashMap.newHashMap(anchorCount());
        for (int a = 0; a < anchorCount(); a++) {
            byKey.put(key(a), a);
        }
        anchors = byKey;
        for (int l = 0; l < linkFrom.length; l++) {
            checkAnchor(linkFrom[l]);
            checkAnchor(linkTo[l]);
        }
    }

    /// A client region. @param key its resource name @param title what people call it
    public record Region(String key, String title, double latitude, double longitude) {}

    /// A place of a region, with the code that is typed to confirm.
    public record Site(String key, int region, String code, Tier tier, double latitude, double longitude) {}

    /// A machine at a site. @param accelerators how many it has, 0 where that is not told
    public record Node(String key, int site, String code, int accelerators) {}

    private static int[][] group(int[] parent, int parents) {
        int[] size = new int[parents];
        for (int p : parent) {
            size[p]++;
        }
        int[][] groups = new int[parents][];
        for (int p = 0; p < parents; p++) {
            groups[p] = new int[size[p]];
        }
        for (int i = parent.length - 1; i >= 0; i--) {
            groups[parent[i]][--size[parent[i]]] = i;
        }
        return groups;
    }

    private void checkAnchor(int anchor) {
        if (anchor < 0 || anchor >= anchorCount()) {
            throw new IllegalArgumentException("A link names anchor %d; there are %d".formatted(anchor, anchorCount()));
        }
    }

    public int regionCount() {
        return regions.size();
    }

    public int siteCount() {
        return sites.size();
    }

    public int nodeCount() {
        return nodes.size();
    }

    public int linkCount() {
        return linkFrom.length;
    }

    public Region region(int region) {
        return regions.get(region);
    }

    public Site site(int site) {
        return sites.get(site);
    }

    public Node node(int node) {
        return nodes.get(node);
    }

    public int siteOf(int node) {
        return nodeSite[node];
    }

    public int nodesAt(int site) {
        return siteNodes[site].length;
    }

    public int nodeAt(int site, int ordinal) {
        return siteNodes[site][ordinal];
    }

    public int sitesIn(int region) {
        return regionSites[region].length;
    }

    public int siteIn(int region, int ordinal) {
        return regionSites[region][ordinal];
    }

    public int linkFrom(int link) {
        return linkFrom[link];
    }

    public int linkTo(int link) {
        return linkTo[link];
    }

    public int anchorCount() {
        return regions.size() + sites.size() + nodes.size();
    }

    public int regionAnchor(int region) {
        return region;
    }

    public int siteAnchor(int site) {
        return regions.size() + site;
    }

    public int nodeAnchor(int node) {
        return regions.size() + sites.size() + node;
    }

    public boolean isRegion(int anchor) {
        return anchor >= 0 && anchor < regions.size();
    }

    public boolean isSite(int anchor) {
        return anchor >= regions.size() && anchor < regions.size() + sites.size();
    }

    public boolean isNode(int anchor) {
        return anchor >= regions.size() + sites.size() && anchor < anchorCount();
    }

    /// The region, site or node index behind an anchor, within its kind.
    public int indexOf(int anchor) {
        return isRegion(anchor)
                ? anchor
                : isSite(anchor) ? anchor - regions.size() : anchor - regions.size() - sites.size();
    }

    /// The resource name of the object at an anchor.
    public String key(int anchor) {
        int index = indexOf(anchor);
        return isRegion(anchor)
                ? regions.get(index).key()
                : isSite(anchor) ? sites.get(index).key() : nodes.get(index).key();
    }

    /// The anchor of the object with a resource name.
    public OptionalInt anchor(String key) {
        Integer anchor = anchors.get(key);
        return anchor == null ? OptionalInt.empty() : OptionalInt.of(anchor);
    }

    /// Whether both describe the same places and machines, so that an arrangement of one fits the other; links may
    /// differ.
    public boolean sameObjects(MapTopology other) {
        return this == other || (regions.equals(other.regions) && sites.equals(other.sites) && nodesMatch(other.nodes));
    }

    /// Which of this topology's links each link of another one is, which has the same objects; -1 where it is none.
    int[] indexesOfLinks(MapTopology other) {
        Map<Long, Integer> known = HashMap.newHashMap(linkFrom.length);
        for (int l = 0; l < linkFrom.length; l++) {
            known.put((long) linkFrom[l] << 32 | linkTo[l], l);
        }
        int[] index = new int[other.linkFrom.length];
        for (int l = 0; l < index.length; l++) {
            index[l] = this == other ? l : known.getOrDefault((long) other.linkFrom[l] << 32 | other.linkTo[l], -1);
        }
        return index;
    }

    private boolean nodesMatch(List<Node> other) {
        if (nodes.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < other.size(); i++) {
            Node a = nodes.get(i);
            Node b = other.get(i);
            if (!a.key().equals(b.key()) || a.site() != b.site()) {
                return false;
            }
        }
        return true;
    }

    /// Collects a topology; parents first. Not thread-safe.
    public static final class Builder {
        private final List<Region> regions = new ArrayList<>();
        private final List<Site> sites = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Integer> linkFrom = new ArrayList<>();
        private final List<Integer> linkTo = new ArrayList<>();

        /// Adds a region and returns its index.
        public int region(String key, String title, double latitude, double longitude) {
            regions.add(new Region(key, title, latitude, longitude));
            return regions.size() - 1;
        }

        /// Adds a site to a region and returns its index.
        public int site(int region, String key, String code, Tier tier, double latitude, double longitude) {
            if (region < 0 || region >= regions.size()) {
                throw new IllegalArgumentException(
                        "Site %s names region %d; there are %d".formatted(key, region, regions.size()));
            }
            sites.add(new Site(key, region, code, tier, latitude, longitude));
            return sites.size() - 1;
        }

        /// Adds a node to a site and returns its index.
        public int node(int site, String key, String code) {
            return node(site, key, code, 0);
        }

        /// Adds a node with so many accelerators to a site and returns its index.
        public int node(int site, String key, String code, int accelerators) {
            if (site < 0 || site >= sites.size()) {
                throw new IllegalArgumentException(
                        "Node %s names site %d; there are %d".formatted(key, site, sites.size()));
            }
            nodes.add(new Node(key, site, code, accelerators));
            return nodes.size() - 1;
        }

        /// Adds a link between two anchors; the numbers of regions and sites must be final by [#build()].
        public void link(int fromAnchor, int toAnchor) {
            linkFrom.add(fromAnchor);
            linkTo.add(toAnchor);
        }

        public MapTopology build() {
            return new MapTopology(this);
        }
    }
}
