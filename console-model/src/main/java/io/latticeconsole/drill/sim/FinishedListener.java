package io.latticeconsole.drill.sim;

/// Hears of every request as its ingress finishes it; on the simulation's thread. Times are the client's, in ms from
/// sending.
public interface FinishedListener {
    void finished(int model, double ttftMs, double e2eMs, int tokens);
}
