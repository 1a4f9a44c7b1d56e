/*
 * ns-3's schedulers for dev.mipath.benchmarks.Ns3: the hold model, many holds a call. An event's payload is a
 * number in the place of the pointer, so that no event object is made: the schedulers alone are measured.
 */
#include <jni.h>
#include <cstdint>
#include <vector>
#include <ns3/calendar-scheduler.h>
#include <ns3/heap-scheduler.h>
#include <ns3/map-scheduler.h>
#include <ns3/priority-queue-scheduler.h>

using namespace ns3;

struct Holds {
    Ptr<Scheduler> scheduler;
    std::vector<int64_t> delays;
    uint64_t holds = 0;
    uint32_t pushed = 0;

    void push(uint64_t time, uint64_t number) {
        Scheduler::Event event;
        event.impl = reinterpret_cast<EventImpl *>(number);
        event.key.m_ts = time;
        event.key.m_uid = pushed++;
        event.key.m_context = 0;
        scheduler->Insert(event);
    }
};

static std::vector<int64_t> copy(JNIEnv *env, jlongArray array) {
    std::vector<int64_t> all(env->GetArrayLength(array));
    env->GetLongArrayRegion(array, 0, all.size(), reinterpret_cast<jlong *>(all.data()));
    return all;
}

extern "C" JNIEXPORT jlong JNICALL Java_dev_mipath_benchmarks_Ns3_open(
        JNIEnv *env, jclass, jint name, jlongArray start, jlongArray delays) {
    Holds *holds = new Holds;
    if (name == 0) holds->scheduler = CreateObject<MapScheduler>();
    else if (name == 1) holds->scheduler = CreateObject<HeapScheduler>();
    else if (name == 2) holds->scheduler = CreateObject<CalendarScheduler>();
    else holds->scheduler = CreateObject<PriorityQueueScheduler>();
    holds->delays = copy(env, delays);
    std::vector<int64_t> times = copy(env, start);
    for (size_t i = 0; i < times.size(); i++) holds->push(times[i], i);
    return reinterpret_cast<jlong>(holds);
}

extern "C" JNIEXPORT jlong JNICALL Java_dev_mipath_benchmarks_Ns3_hold(JNIEnv *, jclass, jlong handle, jint count) {
    Holds *holds = reinterpret_cast<Holds *>(handle);
    uint64_t sum = 0;
    for (jint i = 0; i < count; i++) {
        Scheduler::Event event = holds->scheduler->RemoveNext();
        uint64_t number = reinterpret_cast<uint64_t>(event.impl);
        sum = sum * 31 + (event.key.m_ts ^ number);
        holds->push(event.key.m_ts + holds->delays[holds->holds++ & (holds->delays.size() - 1)], number);
    }
    return static_cast<jlong>(sum);
}
