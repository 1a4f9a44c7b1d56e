package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.ControlPlane.Answer;
import dev.mipath.engine.ControlPlane.Kind;
import dev.mipath.engine.ControlPlane.Mark;
import dev.mipath.engine.ControlPlane.Moment;
import dev.mipath.engine.ControlPlane.Phase;
import dev.mipath.engine.ControlPlane.Request;
import dev.mipath.engine.ControlPlane.Verdict;
import dev.mipath.engine.RunReport.Failure;
import dev.mipath.engine.RunReport.Outcome;
import dev.mipath.engine.RunReport.PhaseTime;
import dev.mipath.engine.RunReport.Requested;
import dev.mipath.instance.VirtualCluster;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads requests to Azure's control plane through their parts: each takes its time, then its calls are tried, a few times
 * where they fail.
 */
final class Operations {
    private static final int PHASES = 1 << 8;

    private final Stage stage;
    private final Actions actions;
    private final ServerSide server;
    private final HealthWatch watch;
    private final Calls calls;
    private final ImmutableList<Request> requests;
    private ImmutableList<Moment> past = ImmutableList.of();
    /** By request; null until it is asked for. */
    private @Nullable Course[] courses;

    /** What has come of a request so far; never changed. */
    private record Course(
            Outcome outcome,
            long end,
            @Nullable String code,
            String reason,
            ImmutableList<Phase> phases,
            ImmutableList<PhaseTime> times,
            ImmutableList<Failure> failures,
            ImmutableList<String> notes) {}

    Operations(Stage stage, Actions actions, ServerSide server, HealthWatch watch) {
        this.stage = stage;
        this.actions = actions;
        this.server = server;
        this.watch = watch;
        calls = new Calls(stage);
        requests = stage.plan.requests().all();
        courses = new Course[requests.size()];
    }

    void begin(Simulation simulation) {
        for (int i = 0; i < requests.size(); i++) simulation.at(requests.get(i).at(), Kinds.REQUEST, i);
    }

    /** The request arrives. */
    void ask(int number) {
        Request request = requests.get(number);
        Answer answer = come(number, Mark.ASKED);
        ImmutableList<Phase> phases = answer.phases();
        Outcome outcome = answer.verdict() == Verdict.REFUSED
                ? Outcome.REFUSED
                : !phases.isEmpty()
                        ? Outcome.RUNNING
                        : answer.verdict() == Verdict.CORRECTED ? Outcome.CORRECTED : Outcome.DONE;
        courses[number] = new Course(
                outcome,
                stage.now(),
                answer.code(),
                answer.reason(),
                phases,
                ImmutableList.of(),
                ImmutableList.of(),
                answer.notes());
        if (outcome != Outcome.RUNNING) return;
        if (request.kind() == Kind.CREATE) setInMaking(request, true);
        enter(number, 0);
    }

    private void enter(int number, int phase) {
        stage.simulation()
                .after(stage.settings.get(course(number).phases.get(phase).time()), Kinds.PHASE, number, phase);
    }

    /** A part has taken its time. */
    void phase(int number, int argument) {
        int at = argument % PHASES;
        int tries = argument / PHASES + 1;
        Request request = requests.get(number);
        Phase phase = course(number).phases.get(at);
        List<Failure> failures = new ArrayList<>();
        List<String> unsure = new ArrayList<>(phase.unknown());
        if (isGone(request)) {
            List<String> notes = new ArrayList<>(List.of("instance " + request.instance() + " was deleted meanwhile"));
            notes.addAll(undo(number));
            write(number, at, Outcome.FAILED, failures, notes);
            return;
        }
        for (Upkeep call : phase.calls()) attempt(call, failures, unsure);
        if (failures.isEmpty()) {
            over(number, at, unsure);
            return;
        }
        if (tries < stage.settings.count(Setting.REQUEST_TRIES)) {
            stage.simulation()
                    .after(stage.settings.get(Setting.REQUEST_RETRY), Kinds.PHASE, number, at + PHASES * tries);
            return;
        }
        write(number, at, Outcome.FAILED, failures, undo(number));
    }

    /** What was begun is taken back; what a reader has to know of that. */
    private List<String> undo(int number) {
        Answer answer = come(number, Mark.UNDONE);
        if (requests.get(number).kind() == Kind.CREATE) setInMaking(requests.get(number), false);
        return answer.notes();
    }

    /** Whether another request has taken away the instance that this one works on. */
    private boolean isGone(Request request) {
        if (request.instance() == null || request.kind() == Kind.DELETE) return false;
        if (stage.instances.hosted(stage.instances.number(request.instance())) != null) return false;
        for (int i = 0; i < courses.length; i++) {
            @Nullable Course course = courses[i];
            boolean deletes = requests.get(i).kind() == Kind.DELETE && course != null;
            if (deletes && request.instance().equals(requests.get(i).instance()) && course.outcome != Outcome.REFUSED) {
                return true;
            }
        }
        return false;
    }

    private void attempt(Upkeep call, List<Failure> failures, List<String> unsure) {
        int instance = stage.instances.number(call.instance());
        @Nullable VirtualCluster cluster = stage.instances.cluster(instance);
        // An instance that another request took away meanwhile calls nobody.
        if (cluster == null || stage.instances.hosted(instance) == null) return;
        Calls.Result result = calls.attempt(call, cluster, instance);
        @Nullable Failure failure = result.failure();
        if (failure != null) {
            if (failures.stream().noneMatch(known -> isSame(known, failure))) failures.add(failure);
        } else if (result.unsure() && !unsure.contains(call.name())) {
            unsure.add(call.name());
        }
    }

    /** Another address of the same service that ends in the same way is told once. */
    private static boolean isSame(Failure one, Failure other) {
        return one.call().equals(other.call())
                && one.port() == other.port()
                && one.ending().equals(other.ending())
                && one.element().equals(other.element());
    }

    private void over(int number, int at, List<String> unsure) {
        Request request = requests.get(number);
        Phase phase = course(number).phases.get(at);
        boolean last = at + 1 == course(number).phases.size();
        List<String> notes = new ArrayList<>();
        if (!unsure.isEmpty()) {
            notes.add("not judged in " + phase.name() + ", as the input does not say enough: "
                    + String.join(", ", unsure));
        }
        if (phase.mark() != null) {
            int instance = request.instance() == null ? -1 : stage.instances.number(request.instance());
            boolean effect = phase.mark() == Mark.EFFECT && stage.instances.hosted(instance) != null;
            if (effect && request.kind() == Kind.DELETE) server.closeInstance(instance, Causes.RESET);
            if (effect && request.kind() == Kind.SCALE) actions.failOver(instance);
            notes.addAll(come(number, phase.mark()).notes());
        }
        if (last && request.kind() == Kind.CREATE) setInMaking(request, false);
        write(number, at, last ? Outcome.DONE : Outcome.RUNNING, List.of(), notes);
        if (!last) enter(number, at + 1);
    }

    /** A moment comes about: the control plane answers, and its network is in force. */
    private Answer come(int number, Mark mark) {
        Moment moment = new Moment(number, mark);
        Answer answer = stage.plan.requests().plane().answer(past, moment);
        if (answer.verdict() == Verdict.REFUSED) return answer;
        past = ImmutableList.<Moment>builder().addAll(past).add(moment).build();
        if (answer.network() != null) {
            stage.turnToMade(answer.network());
            watch.probe(false);
        }
        return answer;
    }

    private void setInMaking(Request request, boolean isInMaking) {
        int instance = request.instance() == null ? -1 : stage.instances.number(request.instance());
        if (instance >= 0) stage.instances.setInMaking(instance, isInMaking);
    }

    private void write(int number, int at, Outcome outcome, List<Failure> failures, List<String> notes) {
        Course before = course(number);
        long from =
                at == 0 ? requests.get(number).at() : before.times.get(at - 1).to();
        courses[number] = new Course(
                outcome,
                stage.now(),
                before.code,
                before.reason,
                before.phases,
                ImmutableList.<PhaseTime>builder()
                        .addAll(before.times)
                        .add(new PhaseTime(before.phases.get(at).name(), from, stage.now()))
                        .build(),
                ImmutableList.copyOf(failures),
                ImmutableList.<String>builder()
                        .addAll(before.notes)
                        .addAll(notes)
                        .build());
    }

    private Course course(int number) {
        @Nullable Course course = courses[number];
        if (course == null) throw new IllegalStateException("request " + number + " was not asked for");
        return course;
    }

    /** What became of the requests so far. */
    ImmutableList<Requested> report(long now) {
        ImmutableList.Builder<Requested> report = ImmutableList.builder();
        for (int i = 0; i < courses.length; i++) {
            @Nullable Course course = courses[i];
            if (course == null) continue;
            Request request = requests.get(i);
            boolean running = course.outcome == Outcome.RUNNING;
            ImmutableList.Builder<PhaseTime> times =
                    ImmutableList.<PhaseTime>builder().addAll(course.times);
            int open = course.times.size();
            if (running) {
                long from =
                        open == 0 ? request.at() : course.times.get(open - 1).to();
                times.add(new PhaseTime(course.phases.get(open).name(), from, now));
            }
            report.add(new Requested(
                    request.name(),
                    request.at(),
                    running ? now : course.end,
                    course.outcome,
                    course.code,
                    course.reason,
                    times.build(),
                    course.failures,
                    course.notes));
        }
        return report.build();
    }

    World.Memento save() {
        ImmutableList<Moment> savedPast = past;
        @Nullable Course[] savedCourses = courses.clone();
        return () -> {
            past = savedPast;
            courses = savedCourses.clone();
        };
    }
}
