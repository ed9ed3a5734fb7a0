package io.latticeconsole.drill.sim;

/// Kinds of events in the queue.
final class EventKind {
    private EventKind() {}

    static final int TICK = 0;
    static final int ARRIVAL = 1;
    static final int AT_NODE = 2;
    static final int PREFILL_DONE = 3;
    static final int FIRST_TOKEN = 4;
    static final int DECODE_DONE = 5;
    static final int REPLY = 6;
    static final int WITHDRAW = 7;
    static final int NODE_REPORT = 8;
    static final int REPORT_ARRIVES = 9;
    static final int MESSAGE_ARRIVES = 10;
    static final int CONNECTION_BROKEN = 11;
    static final int COMMAND_ARRIVES = 12;
    static final int ANSWER_ARRIVES = 13;
    static final int PROBE_SENT = 14;
    static final int PROBE_BACK = 15;
    static final int LOAD_STEP = 16;
    static final int RESEND = 17;
    static final int SECOND = 18;
}
