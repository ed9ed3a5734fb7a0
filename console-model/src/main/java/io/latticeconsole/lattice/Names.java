package io.latticeconsole.lattice;

import java.util.regex.Pattern;

/// The form of resource names.
final class Names {
    private Names() {}

    static void require(Pattern form, String name) {
        if (!form.matcher(name).matches()) {
            throw new IllegalArgumentException("resource name '" + name + "' is not of the form " + form);
        }
    }

    /// `regions/eu/sites/par-1` of `regions/eu/sites/par-1/nodes/n2`.
    static String parent(String name) {
        int leaf = name.lastIndexOf('/');
        return name.substring(0, name.lastIndexOf('/', leaf - 1));
    }

    static String leaf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /// Alphabetical, with runs of digits by value: `n2` before `n10`.
    static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (Character.isDigit(a.charAt(i)) && Character.isDigit(b.charAt(j))) {
                int endA = digitsEnd(a, i);
                int endB = digitsEnd(b, j);
                order = Integer.compare(endA - i, endB - j);
                order = order != 0 ? order : a.substring(i, endA).compareTo(b.substring(j, endB));
                i = endA;
                j = endB;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int digitsEnd(String s, int from) {
        int end = from;
        while (end < s.length() && Character.isDigit(s.charAt(end))) {
            end++;
        }
        return end;
    }
}
