package io.latticeconsole.agent.discovery;

/// Why something in etcd is no registration of an agent; the message goes on after the name of its key.
final class BadRegistration extends Exception {
    private static final long serialVersionUID = 1L;

    BadRegistration(String sentence) {
        super(sentence);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
