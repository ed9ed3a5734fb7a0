package io.latticeconsole.app.view.nodes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ObservableListBase;

/// A list that is told its whole content and tells its listeners no more than changed: nothing, a new order of the same
/// rows (so that a table keeps its selection), or new content.
final class OrderedRows extends ObservableListBase<NodeRow> {
    private List<NodeRow> rows = List.of();

    @Override
    public NodeRow get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    void show(List<NodeRow> wanted) {
        if (rows.equals(wanted)) {
            return;
        }
        List<NodeRow> before = rows;
        Map<NodeRow, Integer> places = new HashMap<>(wanted.size() * 2);
        for (int i = 0; i < wanted.size(); i++) {
            places.put(wanted.get(i), i);
        }
        int[] permutation = before.size() == wanted.size() ? permutation(before, places) : new int[0];
        beginChange();
        rows = new ArrayList<>(wanted);
        if (permutation.length > 0) {
            nextPermutation(0, wanted.size(), permutation);
        } else {
            nextReplace(0, wanted.size(), before);
        }
        endChange();
    }

    /// Where each row goes, empty if the rows are not the same.
    private static int[] permutation(List<NodeRow> before, Map<NodeRow, Integer> places) {
        int[] permutation = new int[before.size()];
        for (int i = 0; i < permutation.length; i++) {
            Integer place = places.get(before.get(i));
            if (place == null) {
                return new int[0];
            }
            permutation[i] = place;
        }
        return permutation;
    }
}
