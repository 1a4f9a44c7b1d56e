/*
 * DPDK's tables for dev.mipath.benchmarks.NativePeers. Queries are copied into native memory when a
 * contestant is made; a call answers queries from..to-1 and returns the sum of the answers, with -1 for
 * none, as the Java contestants do. Compiled with -O3 -march=native; DPDK may use its widest vectors.
 */
#define _GNU_SOURCE
#include <jni.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <rte_acl.h>
#include <rte_eal.h>
#include <rte_lcore.h>
#include <rte_lpm.h>
#include <rte_lpm6.h>

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_dev_mipath_benchmarks_NativePeers_##name
#define BURST 256

NATIVE(jboolean, start)(JNIEnv *env, jclass c, jboolean huge) {
    char core[16];
    snprintf(core, sizeof core, "%d", sched_getcpu());
    char *small[] = {"mipath", "-l", core, "--no-pci", "--no-telemetry", "--log-level=lib.*:error",
                     "--force-max-simd-bitwidth=512", "--no-huge", "-m", "2048"};
    char *large[] = {"mipath", "-l", core, "--no-pci", "--no-telemetry", "--log-level=lib.*:error",
                     "--force-max-simd-bitwidth=512", "--in-memory"};
    return rte_eal_init(huge ? 8 : 10, huge ? large : small) >= 0;
}

/* ---- longest-prefix match, IPv4 */

struct lpm {
    struct rte_lpm *table;
    uint32_t *queries;
};

static uint32_t *ints(JNIEnv *env, jintArray array) {
    jsize size = (*env)->GetArrayLength(env, array);
    uint32_t *copy = aligned_alloc(64, ((size_t) size * 4 + 127) / 64 * 64);
    (*env)->GetIntArrayRegion(env, array, 0, size, (jint *) copy);
    return copy;
}

/* Fills rte_lpm's own tables from disjoint intervals: rte_lpm_add takes minutes for a full table. */
NATIVE(jlong, lpm)(JNIEnv *env, jclass c, jintArray jstarts, jintArray jvalues, jintArray jqueries) {
    static int name;
    char text[16];
    snprintf(text, sizeof text, "lpm%d", name++);
    jsize size = (*env)->GetArrayLength(env, jstarts);
    uint32_t *starts = ints(env, jstarts);
    int32_t *values = (int32_t *) ints(env, jvalues);
    struct rte_lpm_config config = {.max_rules = 16, .number_tbl8s = 1 << 15};
    struct rte_lpm *table = rte_lpm_create(text, 0, &config);
    if (!table) return 0;
    uint32_t groups = 0, at = 0;
    for (uint32_t block = 0; block < 1 << 24; block++) {
        uint32_t first = block << 8, last = first | 255;
        while (at + 1 < (uint32_t) size && starts[at + 1] <= first) at++;
        struct rte_lpm_tbl_entry *cell = &table->tbl24[block];
        cell->depth = 24;
        if (at + 1 == (uint32_t) size || starts[at + 1] > last) {
            cell->valid = values[at] >= 0;
            cell->valid_group = 0;
            cell->next_hop = values[at] >= 0 ? values[at] : 0;
            continue;
        }
        cell->valid = cell->valid_group = 1;
        cell->next_hop = groups;
        for (uint32_t i = 0, in = at; i < 256; i++) {
            while (in + 1 < (uint32_t) size && starts[in + 1] <= (first | i)) in++;
            struct rte_lpm_tbl_entry *tail = &table->tbl8[groups * 256 + i];
            tail->valid = values[in] >= 0;
            tail->valid_group = 1;
            tail->depth = 32;
            tail->next_hop = values[in] >= 0 ? values[in] : 0;
        }
        groups++;
    }
    free(starts);
    free(values);
    struct lpm *made = malloc(sizeof *made);
    made->table = table;
    made->queries = ints(env, jqueries);
    return (jlong) made;
}

NATIVE(jlong, lpmSingle)(JNIEnv *env, jclass c, jlong handle, jint from, jint to) {
    struct lpm *lpm = (struct lpm *) handle;
    int64_t sum = 0;
    for (int i = from; i < to; i++) {
        uint32_t hop;
        sum += rte_lpm_lookup(lpm->table, lpm->queries[i], &hop) == 0 ? (int64_t) hop : -1;
    }
    return sum;
}

static inline int64_t hop(uint32_t entry) {
    return entry & RTE_LPM_LOOKUP_SUCCESS ? (int64_t) (entry & 0xFFFFFF) : -1;
}

NATIVE(jlong, lpmBulk)(JNIEnv *env, jclass c, jlong handle, jint from, jint to) {
    struct lpm *lpm = (struct lpm *) handle;
    int64_t sum = 0;
    uint32_t hops[64];
    for (int i = from; i < to; i += 64) {
        int n = to - i < 64 ? to - i : 64;
        rte_lpm_lookup_bulk_func(lpm->table, lpm->queries + i, hops, n);
        for (int j = 0; j < n; j++) sum += hop(hops[j]);
    }
    return sum;
}

/* ---- longest-prefix match, IPv6 up to /64 */

struct lpm6 {
    struct rte_lpm6 *table;
    uint8_t (*queries)[16];
};

static void bytes(uint8_t *into, uint64_t high) {
    for (int i = 0; i < 8; i++) into[i] = high >> (56 - 8 * i);
    memset(into + 8, 0, 8);
}

NATIVE(jlong, lpm6)(JNIEnv *env, jclass c, jlongArray highs, jintArray lengths, jintArray values, jlongArray queries) {
    static int name;
    char text[16];
    snprintf(text, sizeof text, "lpm6%d", name++);
    jsize size = (*env)->GetArrayLength(env, highs);
    jsize asked = (*env)->GetArrayLength(env, queries);
    struct rte_lpm6_config config = {.max_rules = size + 1, .number_tbl8s = 1 << 16};
    struct rte_lpm6 *table = rte_lpm6_create(text, 0, &config);
    if (!table) return 0;
    jlong *high = (*env)->GetLongArrayElements(env, highs, NULL);
    jint *length = (*env)->GetIntArrayElements(env, lengths, NULL);
    jint *value = (*env)->GetIntArrayElements(env, values, NULL);
    uint8_t ip[16];
    for (int i = 0; i < size; i++) {
        bytes(ip, high[i]);
        if (rte_lpm6_add(table, ip, length[i], value[i]) < 0) return 0;
    }
    struct lpm6 *made = malloc(sizeof *made);
    made->table = table;
    made->queries = malloc((size_t) asked * 16);
    jlong *query = (*env)->GetLongArrayElements(env, queries, NULL);
    for (int i = 0; i < asked; i++) bytes(made->queries[i], query[i]);
    return (jlong) made;
}

NATIVE(jlong, lpm6Single)(JNIEnv *env, jclass c, jlong handle, jint from, jint to) {
    struct lpm6 *lpm = (struct lpm6 *) handle;
    int64_t sum = 0;
    for (int i = from; i < to; i++) {
        uint32_t found;
        sum += rte_lpm6_lookup(lpm->table, lpm->queries[i], &found) == 0 ? (int64_t) found : -1;
    }
    return sum;
}

/* ---- classification */

struct tuple {
    uint8_t protocol, pad[3];
    uint32_t source, destination;
    uint16_t source_port, destination_port;
};

RTE_ACL_RULE_DEF(rule, 5);

static const struct rte_acl_field_def FIELDS[5] = {
    {RTE_ACL_FIELD_TYPE_BITMASK, 1, 0, 0, offsetof(struct tuple, protocol)},
    {RTE_ACL_FIELD_TYPE_MASK, 4, 1, 1, offsetof(struct tuple, source)},
    {RTE_ACL_FIELD_TYPE_MASK, 4, 2, 2, offsetof(struct tuple, destination)},
    {RTE_ACL_FIELD_TYPE_RANGE, 2, 3, 3, offsetof(struct tuple, source_port)},
    {RTE_ACL_FIELD_TYPE_RANGE, 2, 4, 3, offsetof(struct tuple, destination_port)},
};

struct acl {
    struct rte_acl_ctx *context;
    struct tuple *packets;
};

/* Nine ints a rule: index, protocol or -1, source, length, ports, destination, length, ports (first << 16 | last). */
NATIVE(jlong, acl)(JNIEnv *env, jclass c, jintArray rules, jintArray columns, jint count) {
    static int name;
    char text[16];
    snprintf(text, sizeof text, "acl%d", name++);
    jsize size = (*env)->GetArrayLength(env, rules) / 8;
    jint *r = (*env)->GetIntArrayElements(env, rules, NULL);
    struct rte_acl_param param = {
        .name = text, .socket_id = 0, .rule_size = RTE_ACL_RULE_SZ(5), .max_rule_num = size};
    struct rte_acl_ctx *context = rte_acl_create(&param);
    if (!context) return 0;
    for (int i = 0; i < size; i++, r += 8) {
        struct rule rule = {.data = {.userdata = r[0] + 1, .priority = RTE_ACL_MAX_PRIORITY - r[0], .category_mask = 1}};
        rule.field[0].value.u8 = r[1] < 0 ? 0 : r[1];
        rule.field[0].mask_range.u8 = r[1] < 0 ? 0 : 255;
        rule.field[1].value.u32 = r[2];
        rule.field[1].mask_range.u32 = r[3];
        rule.field[2].value.u32 = r[5];
        rule.field[2].mask_range.u32 = r[6];
        rule.field[3].value.u16 = (uint32_t) r[4] >> 16;
        rule.field[3].mask_range.u16 = r[4];
        rule.field[4].value.u16 = (uint32_t) r[7] >> 16;
        rule.field[4].mask_range.u16 = r[7];
        if (rte_acl_add_rules(context, (struct rte_acl_rule *) &rule, 1) < 0) return 0;
    }
    struct rte_acl_config config = {.num_categories = 1, .num_fields = 5};
    memcpy(config.defs, FIELDS, sizeof FIELDS);
    if (rte_acl_build(context, &config) < 0) return 0;
    struct acl *made = malloc(sizeof *made);
    made->context = context;
    made->packets = aligned_alloc(64, (size_t) count * sizeof(struct tuple));
    jint *p = (*env)->GetIntArrayElements(env, columns, NULL);
    for (int i = 0; i < count; i++) {
        made->packets[i] = (struct tuple) {
            .protocol = p[4 * count + i], .source = htonl(p[i]), .destination = htonl(p[2 * count + i]),
            .source_port = htons(p[count + i]), .destination_port = htons(p[3 * count + i])};
    }
    return (jlong) made;
}

static void classify(struct acl *acl, int from, int count, uint32_t *results, int algorithm) {
    const uint8_t *data[BURST];
    for (int j = 0; j < count; j++) data[j] = (const uint8_t *) &acl->packets[from + j];
    if (algorithm < 0) rte_acl_classify(acl->context, data, results, count, 1);
    else rte_acl_classify_alg(acl->context, data, results, count, 1, algorithm);
}

NATIVE(jlong, aclRun)(JNIEnv *env, jclass c, jlong handle, jint from, jint to, jint burst, jint algorithm) {
    struct acl *acl = (struct acl *) handle;
    int64_t sum = 0;
    uint32_t results[BURST];
    for (int i = from; i < to; i += burst) {
        int n = to - i < burst ? to - i : burst;
        classify(acl, i, n, results, algorithm);
        for (int j = 0; j < n; j++) sum += (int64_t) results[j] - 1;
    }
    return sum;
}

/* The fastest algorithm that this processor runs, found by trying. */
NATIVE(jint, aclBest)(JNIEnv *env, jclass c, jlong handle) {
    int order[] = {RTE_ACL_CLASSIFY_AVX512X32, RTE_ACL_CLASSIFY_AVX512X16, RTE_ACL_CLASSIFY_AVX2, RTE_ACL_CLASSIFY_SSE};
    for (int i = 0; i < 4; i++) {
        if (rte_acl_set_ctx_classify(((struct acl *) handle)->context, order[i]) == 0) return order[i];
    }
    return RTE_ACL_CLASSIFY_SCALAR;
}

NATIVE(jlong, verdict)(JNIEnv *env, jclass c, jlong out, jlong in, jlong routes, jint from, jint to, jint algorithm) {
    struct lpm *lpm = (struct lpm *) routes;
    int64_t sum = 0;
    uint32_t outs[BURST], ins[BURST], hops[BURST];
    for (int i = from; i < to; i += BURST) {
        int n = to - i < BURST ? to - i : BURST;
        classify((struct acl *) out, i, n, outs, algorithm);
        classify((struct acl *) in, i, n, ins, algorithm);
        rte_lpm_lookup_bulk_func(lpm->table, lpm->queries + i, hops, n);
        for (int j = 0; j < n; j++) sum += (hop(hops[j]) + 1) << 44 | (int64_t) ins[j] << 11 | outs[j];
    }
    return sum;
}
