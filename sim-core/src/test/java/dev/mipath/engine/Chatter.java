package dev.mipath.engine;

/** A world for tests: parties that call one another after random delays, with a timer each, and log all of it. */
final class Chatter implements World {
    static final int CALL = 1;
    static final int TIMER = 2;
    static final int NUDGE = 3;

    private final RandomStream delays;
    private final RandomStream choices;
    private final boolean logging;
    private long[] calls;

    Chatter(long seed, int parties) {
        this(seed, parties, true);
    }

    Chatter(long seed, int parties, boolean logging) {
        RandomStreams streams = new RandomStreams(seed);
        delays = streams.stream("chatter", "delay");
        choices = streams.stream("chatter", "choice");
        calls = new long[parties];
        this.logging = logging;
    }

    long calls(int party) {
        return calls[party];
    }

    @Override
    public void begin(Simulation simulation) {
        simulation.timers(TIMER, calls.length);
        for (int i = 0; i < calls.length; i++) simulation.at(i, CALL, i);
    }

    @Override
    public void handle(Simulation simulation, int kind, int entity, int argument) {
        if (logging) simulation.log().record(simulation.now(), kind, entity, argument, calls[entity]);
        long n = calls[entity]++;
        if (kind == TIMER) return;
        simulation.timers(TIMER).arm(entity, simulation.now() + 150_000_000);
        int next = choices.below(entity, n, calls.length);
        if (kind == CALL) simulation.after(delays.exponential(entity, n, 100_000_000), CALL, next, (int) n & 0xFFFF);
    }

    @Override
    public Memento save() {
        long[] saved = calls.clone();
        return () -> calls = saved.clone();
    }
}
