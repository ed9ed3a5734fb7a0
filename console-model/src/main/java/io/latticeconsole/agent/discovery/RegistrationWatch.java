package io.latticeconsole.agent.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hears from etcd who is registered, for a gateway. Lists, then watches; asks every 2 s whether etcd still answers,
/// and lists anew when it does again. A thread of its own.
public final class RegistrationWatch implements AutoCloseable {
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final String prefix;
    private final Etcd etcd;
    private final Executor lane;
    private final Roster roster;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable AutoCloseable watcher;
    private volatile boolean ended;

    private RegistrationWatch(DiscoverySettings settings, String under, Executor lane, Roster roster, Etcd etcd) {
        this.prefix = settings.prefix() + under;
        this.lane = lane;
        this.roster = roster;
        this.etcd = etcd;
        this.thread = Thread.ofVirtual().name("registrations").unstarted(this::run);
    }

    /// Starts; etcd need not be there.
    ///
    /// @param under what of the lattice's prefix is heard, ends with a slash
    /// @param lane where the roster is told
    /// @throws IOException naming what is wrong in a TLS file
    public static RegistrationWatch start(DiscoverySettings settings, String under, Executor lane, Roster roster)
            throws IOException {
        RegistrationWatch watch = new RegistrationWatch(settings, under, lane, roster, Etcd.open(settings));
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            do {
                look();
            } while (!closing.await(PROBE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            if (watcher == null || ended) {
                stopWatching();
                list();
            } else {
                var _ = etcd.count(prefix);
            }
        } catch (EtcdAway away) {
            stopWatching();
            lane.execute(() -> roster.etcdAway(away.sentence()));
        }
    }

    private void list() throws EtcdAway, InterruptedException {
        Etcd.Listing listing = etcd.list(prefix);
        List<Etcd.Entry> entries = listing.entries();
        lane.execute(() -> roster.all(entries));
        ended = false;
        watcher = etcd.watch(prefix, listing.revision(), new Etcd.Listener() {
            @Override
            public void put(Etcd.Entry entry) {
                lane.execute(() -> roster.put(entry));
            }

            @Override
            public void deleted(String key) {
                lane.execute(() -> roster.deleted(key));
            }

            @Override
            public void ended() {
                ended = true;
            }
        });
    }

    private void stopWatching() {
        AutoCloseable open = watcher;
        watcher = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            System.getLogger(RegistrationWatch.class.getName())
                    .log(System.Logger.Level.DEBUG, "a watch that had ended could not be closed", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        stopWatching();
        etcd.close();
    }
}
