package io.latticeconsole.agent.discovery;

/// etcd did not do what it was asked, for now; the message is a sentence.
public final class EtcdAway extends Exception {
    private static final long serialVersionUID = 1L;

    EtcdAway(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// What happened, in a sentence.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
