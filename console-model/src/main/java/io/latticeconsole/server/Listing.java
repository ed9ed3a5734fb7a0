package io.latticeconsole.server;

import com.google.protobuf.MessageLite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// One page of things in the order of their keys, with the token for the next page, empty on the last one.
record Listing<M extends MessageLite>(List<M> page, String nextPageToken) {
    /// A page of all things. `what` tells listings apart; pages end before they are longer than a message may be.
    ///
    /// @throws io.latticeconsole.endpoint.OrderRefused naming `page_size` or `page_token`
    static <T, M extends MessageLite> Listing<M> of(
            String what,
            Stream<T> all,
            Function<T, String> key,
            Function<T, M> message,
            int pageSize,
            String pageToken) {
        int size = PageToken.size(pageSize);
        String after = PageToken.read(what, pageToken);
        List<T> rest = all.filter(t -> key.apply(t).compareTo(after) > 0)
                .sorted(Comparator.comparing(key))
                .toList();
        List<M> page = new ArrayList<>();
        int bytes = 0;
        for (T thing : rest) {
            M m = message.apply(thing);
            if (page.size() == size || (!page.isEmpty() && bytes + m.getSerializedSize() > EndpointLimits.FILL_BYTES)) {
                return new Listing<>(page, PageToken.after(what, key.apply(rest.get(page.size() - 1))));
            }
            page.add(m);
            bytes += m.getSerializedSize();
        }
        return new Listing<>(page, "");
    }
}
