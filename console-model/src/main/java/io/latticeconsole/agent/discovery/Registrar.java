package io.latticeconsole.agent.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps an agent's registration in etcd under a lease: renews it, makes it again where it was lost, and takes it back
/// when the agent stops. etcd may be away at any time; the agent serves all the same. A thread of its own.
public final class Registrar implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Registrar.class.getName());
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration PARTING = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /// Nothing runs at so many looks in a row: gateways have heard that nothing more is to come.
    private static final int QUIET_LOOKS = 4;

    private final DiscoverySettings settings;
    private final Supplier<Registration> self;
    private final BooleanSupplier idle;
    private final Etcd etcd;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private long lease;
    private @Nullable Registration told;
    private String trouble = "";
    private String rival = "";

    private Registrar(DiscoverySettings settings, Supplier<Registration> self, BooleanSupplier idle, Etcd etcd) {
        this.settings = settings;
        this.self = self;
        this.idle = idle;
        this.etcd = etcd;
        this.thread = Thread.ofVirtual().name("registrar").unstarted(this::run);
    }

    /// Starts; etcd need not be there.
    ///
    /// @param self what to tell, asked at each renewal; always of one node and instance
    /// @param idle whether nothing runs here any more: when the agent stops, that is waited for a little
    /// @throws IOException naming what is wrong in a TLS file
    public static Registrar start(DiscoverySettings settings, Supplier<Registration> self, BooleanSupplier idle)
            throws IOException {
        Registrar registrar = new Registrar(settings, self, idle, Etcd.open(settings));
        registrar.thread.start();
        return registrar;
    }

    private void run() {
        try {
            boolean over = false;
            while (!over) {
                boolean well = renew();
                Duration wait = well ? settings.ttl().dividedBy(3) : AGAIN;
                over = closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean renew() throws InterruptedException {
        try {
            if (lease == 0 || !etcd.renew(lease)) {
                lease = etcd.grant(settings.ttl());
                told = null;
            }
            Registration now = self.get();
            if (!now.equals(told)) {
                etcd.put(now.key(settings.prefix()), now.text(), lease);
                told = now;
                lookForRivals(now);
            }
            say("");
            return true;
        } catch (EtcdAway away) {
            say(away.sentence());
            return false;
        }
    }

    /// Whoever claims the same node from elsewhere: one of the two is refused by the gateway.
    private void lookForRivals(Registration now) throws EtcdAway, InterruptedException {
        String other = "";
        for (Etcd.Entry entry : etcd.list(settings.prefix() + now.node() + "/").entries()) {
            try {
                Registration r = Registration.read(settings.prefix(), entry);
                other = r.address().equals(now.address()) || r.leaving() ? other : r.address();
            } catch (BadRegistration _) {
                // the gateway says so
            }
        }
        if (!other.equals(rival)) {
            rival = other;
            if (!other.isEmpty()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} is also registered at {1}: the gateway takes whoever was there first",
                        now.node(),
                        other);
            }
        }
    }

    private void say(String sentence) {
        if (sentence.isEmpty() && !trouble.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "etcd is back, {0} is registered",
                    self.get().node());
        } else if (!sentence.isEmpty() && trouble.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "{0}; the agent serves without it and tries again", sentence);
        }
        trouble = sentence;
    }

    /// Tells gateways that the agent stops, waits for what runs to end, 5 s at most, and takes the registration back.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
            if (lease != 0 && within(SOON, this::renew)) {
                part();
            }
        } catch (EtcdAway away) {
            LOG.log(System.Logger.Level.INFO, "{0}; the registration ends by itself", away.sentence());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            etcd.close();
        }
    }

    private void part() throws EtcdAway, InterruptedException {
        Registration last = self.get().parting();
        etcd.put(last.key(settings.prefix()), last.text(), lease);
        int[] quiet = new int[1];
        var _ = within(PARTING, () -> {
            quiet[0] = idle.getAsBoolean() ? quiet[0] + 1 : 0;
            return quiet[0] >= QUIET_LOOKS;
        });
        etcd.revoke(lease);
    }

    private interface Look {
        boolean isSo() throws InterruptedException;
    }

    /// Looks at once and then from time to time; false if it was not so within a while.
    private static boolean within(Duration atMost, Look look) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (!look.isSo()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return true;
    }
}
