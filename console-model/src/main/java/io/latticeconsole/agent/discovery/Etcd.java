package io.latticeconsole.agent.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.latticeconsole.security.TlsFiles;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/// A connection to etcd whose calls block for [#PATIENCE] at most and say in a sentence what went wrong. The only place
/// that knows the client library. One thread at a time.
final class Etcd implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /// @param created the revision of etcd that a key was made with: it tells who came first
    record Entry(String key, String value, long created) {}

    /// All keys under a prefix, oldest first, as of a revision.
    record Listing(List<Entry> entries, long revision) {}

    /// What changes under a prefix, in order; on a thread of the library.
    interface Listener {
        void put(Entry entry);

        void deleted(String key);

        /// Nothing more will come: list anew.
        void ended();
    }

    /// What the library would log at each try, this class says as an exception. Held, or the level would be forgotten.
    private static final Logger LIBRARY = Logger.getLogger("io.etcd.jetcd");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    /// The library waits longer and longer before it connects again; after so many failures in a row it starts anew.
    private static final int PATIENT_FAILURES = 3;

    private final ClientBuilder builder;
    private final String where;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Client client;

    private Etcd(ClientBuilder builder, String where) {
        this.builder = builder;
        this.where = where;
        this.client = builder.build();
    }

    /// Does not connect yet.
    ///
    /// @throws IOException naming what is wrong in a TLS file
    static Etcd open(DiscoverySettings settings) throws IOException {
        ClientBuilder builder = Client.builder()
                .endpoints(settings.endpoints())
                .connectTimeout(PATIENCE)
                .retryMaxAttempts(1)
                .waitForReady(false)
                .keepaliveTime(Duration.ofSeconds(10))
                .keepaliveTimeout(Duration.ofSeconds(5));
        TlsFiles tls = settings.tls();
        try {
            if (tls != null) {
                builder.sslContext((SslContextBuilder ssl) -> ssl.trustManager(
                                tls.authorities().toFile())
                        .keyManager(tls.certificate().toFile(), tls.key().toFile()));
            }
            return new Etcd(
                    builder, settings.endpoints().stream().map(URI::toString).collect(Collectors.joining(", ")));
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("discovery.tls: the files for etcd cannot be used: " + e.getMessage(), e);
        }
    }

    /// A lease that ends by itself unless it is renewed.
    long grant(Duration ttl) throws EtcdAway, InterruptedException {
        return await(client.getLeaseClient().grant(ttl.toSeconds())).getID();
    }

    /// Renews a lease; false if it is over.
    boolean renew(long lease) throws EtcdAway, InterruptedException {
        try {
            return await(client.getLeaseClient().keepAliveOnce(lease)).getTTL() > 0;
        } catch (EtcdAway e) {
            if (String.valueOf(e.getCause()).contains("lease not found")) {
                return false;
            }
            throw e;
        }
    }

    void revoke(long lease) throws EtcdAway, InterruptedException {
        var _ = await(client.getLeaseClient().revoke(lease));
    }

    void put(String key, String value, long lease) throws EtcdAway, InterruptedException {
        PutOption option = PutOption.builder().withLeaseId(lease).build();
        var _ = await(client.getKVClient().put(bytes(key), bytes(value), option));
    }

    Listing list(String prefix) throws EtcdAway, InterruptedException {
        GetOption option = GetOption.builder()
                .isPrefix(true)
                .withSortField(GetOption.SortTarget.CREATE)
                .withSortOrder(GetOption.SortOrder.ASCEND)
                .build();
        GetResponse got = await(client.getKVClient().get(bytes(prefix), option));
        return new Listing(
                got.getKvs().stream().map(Etcd::entry).toList(), got.getHeader().getRevision());
    }

    /// Whether it answers; how many keys are under a prefix.
    long count(String prefix) throws EtcdAway, InterruptedException {
        GetOption option =
                GetOption.builder().isPrefix(true).withCountOnly(true).build();
        return await(client.getKVClient().get(bytes(prefix), option)).getCount();
    }

    /// Hears what changes under a prefix after a revision, until closed or ended.
    AutoCloseable watch(String prefix, long after, Listener listener) {
        WatchOption option = WatchOption.builder()
                .isPrefix(true)
                .withRevision(after + 1)
                .withRequireLeader(true)
                .build();
        return client.getWatchClient().watch(bytes(prefix), option, new Watch.Listener() {
            @Override
            public void onNext(WatchResponse response) {
                for (WatchEvent event : response.getEvents()) {
                    if (event.getEventType() == WatchEvent.EventType.PUT) {
                        listener.put(entry(event.getKeyValue()));
                    } else {
                        listener.deleted(event.getKeyValue().getKey().toString(UTF_8));
                    }
                }
            }

            @Override
            public void onError(Throwable failure) {
                listener.ended();
            }

            @Override
            public void onCompleted() {
                listener.ended();
            }
        });
    }

    private static Entry entry(KeyValue kv) {
        return new Entry(kv.getKey().toString(UTF_8), kv.getValue().toString(UTF_8), kv.getCreateRevision());
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, UTF_8);
    }

    private <T> T await(CompletableFuture<T> answer) throws EtcdAway, InterruptedException {
        try {
            T value = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            failures.set(0);
            return value;
        } catch (TimeoutException e) {
            answer.cancel(true);
            failed();
            throw new EtcdAway("etcd at " + where + " does not answer", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failed();
            throw new EtcdAway("etcd at " + where + " does not serve: " + cause.getMessage(), cause);
        }
    }

    private void failed() {
        if (failures.incrementAndGet() % PATIENT_FAILURES == 0) {
            client.close();
            client = builder.build();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
