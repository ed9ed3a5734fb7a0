/* A stand-in for NVIDIA's management library: the same functions and structs, and a state that a test writes to the
   file STATE_FILE, one "key value" per line, read anew at every call. A key FUNCTION.code or gpuN.code is a return
   code. WITHOUT_NEW leaves out what older libraries lack, WITHOUT_EVENTS the event functions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct { int index; } device_t;
static device_t devices[8] = {{0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}};
static int open_sessions = 0;
static char event_set;
static unsigned long long seen_serial = 0;

static unsigned long long state(const char *key, unsigned long long otherwise) {
    FILE *file = fopen(STATE_FILE, "r");
    char name[128], value[128];
    unsigned long long found = otherwise;
    if (!file) return otherwise;
    while (fscanf(file, "%127s %127s", name, value) == 2)
        if (!strcmp(name, key)) found = strtoull(value, 0, 10);
    fclose(file);
    return found;
}

static unsigned long long of(device_t *device, const char *what, unsigned long long otherwise) {
    char key[128];
    snprintf(key, sizeof key, "gpu%d.%s", device->index, what);
    return state(key, otherwise);
}

/* The return code for a device and a reading. */
static int code(device_t *device, const char *what) {
    char key[128];
    int whole = (int) of(device, "code", 0);
    if (!open_sessions || state("uninitialized", 0)) return 1;
    if (whole) return whole;
    snprintf(key, sizeof key, "%s.code", what);
    return (int) of(device, key, 0);
}

#ifdef NOT_NVML
int somethingElse(void) { return 0; }
#else

#ifdef WITHOUT_NEW
int nvmlInit(void) {
#else
int nvmlInit_v2(void) {
#endif
    int c = (int) state("init.code", 0);
    if (!c) open_sessions++;
    return c;
}
int nvmlShutdown(void) { open_sessions--; return 0; }

const char *nvmlErrorString(int c) {
    return c == 9 ? "Driver Not Loaded" : c == 15 ? "GPU is lost" : c == 1 ? "Uninitialized" : "Unknown Error";
}

int nvmlSystemGetDriverVersion(char *text, unsigned int length) {
    snprintf(text, length, "580.65.06");
    return 0;
}

#ifdef WITHOUT_NEW
int nvmlDeviceGetCount(unsigned int *count) {
#else
int nvmlDeviceGetCount_v2(unsigned int *count) {
#endif
    *count = (unsigned int) state("count", 2);
    return (int) state("count.code", 0);
}

#ifdef WITHOUT_NEW
int nvmlDeviceGetHandleByIndex(unsigned int index, device_t **device) {
#else
int nvmlDeviceGetHandleByIndex_v2(unsigned int index, device_t **device) {
#endif
    int c = code(&devices[index], "handle");
    if (!c) *device = &devices[index];
    return c;
}

int nvmlDeviceGetName(device_t *d, char *text, unsigned int length) {
    snprintf(text, length, "NVIDIA L4");
    return code(d, "name");
}

int nvmlDeviceGetUUID(device_t *d, char *text, unsigned int length) {
    snprintf(text, length, "GPU-%d%d%d%d", d->index, d->index, d->index, d->index);
    return code(d, "uuid");
}

int nvmlDeviceGetUtilizationRates(device_t *d, struct { unsigned int gpu, memory; } *out) {
    out->gpu = (unsigned int) of(d, "utilization", 40);
    out->memory = 7;
    return code(d, "utilization");
}

int nvmlDeviceGetTemperature(device_t *d, unsigned int sensor, unsigned int *out) {
    *out = (unsigned int) of(d, "temperature", 60);
    return sensor ? 2 : code(d, "temperature");
}

#ifndef WITHOUT_NEW
int nvmlDeviceGetTemperatureV(device_t *d, struct { unsigned int version, sensor; int celsius; } *out) {
    if (out->version != (12 | 1 << 24)) return 25;
    if (out->sensor) return 2;
    out->celsius = (int) of(d, "temperature", 60) + (int) state("v.offset", 0);
    return code(d, "temperatureV");
}
#endif

int nvmlDeviceGetTemperatureThreshold(device_t *d, unsigned int type, unsigned int *out) {
    *out = type == 1 ? 96 : 1000;
    return code(d, "threshold");
}

int nvmlDeviceGetPowerUsage(device_t *d, unsigned int *out) {
    *out = (unsigned int) of(d, "power", 31250);
    return code(d, "power");
}

int nvmlDeviceGetEnforcedPowerLimit(device_t *d, unsigned int *out) {
    *out = 72000;
    return code(d, "limit");
}

#ifndef WITHOUT_NEW
int nvmlDeviceGetMemoryInfo_v2(device_t *d,
        struct { unsigned int version; unsigned long long total, reserved, free, used; } *out) {
    if (out->version != (40 | 2 << 24)) return 25;
    out->total = 24000000000ULL;
    out->reserved = 500000000ULL;
    out->used = of(d, "used", 1000000000ULL);
    out->free = out->total - out->reserved - out->used;
    return code(d, "memory");
}
#endif

int nvmlDeviceGetMemoryInfo(device_t *d, struct { unsigned long long total, free, used; } *out) {
    out->total = 24000000000ULL;
    out->used = of(d, "used", 1000000000ULL) + 500000000ULL;
    out->free = out->total - out->used;
    return code(d, "memory");
}

int nvmlDeviceGetClockInfo(device_t *d, unsigned int type, unsigned int *out) {
    *out = type == 1 ? 2040 : type == 2 ? 6251 : 0;
    return code(d, "clock");
}

#ifdef WITHOUT_NEW
int nvmlDeviceGetCurrentClocksThrottleReasons(device_t *d, unsigned long long *out) {
#else
int nvmlDeviceGetCurrentClocksEventReasons(device_t *d, unsigned long long *out) {
#endif
    *out = of(d, "throttling", 1);
    return code(d, "throttling");
}

int nvmlDeviceGetTotalEccErrors(device_t *d, unsigned int type, unsigned int counter, unsigned long long *out) {
    *out = counter ? 999 : of(d, type ? "uncorrected" : "corrected", type ? 0 : 3);
    return code(d, "ecc");
}

int nvmlDeviceGetMigMode(device_t *d, unsigned int *current, unsigned int *pending) {
    *current = (unsigned int) of(d, "mig", 0);
    *pending = 0;
    return code(d, "mig");
}

#ifndef WITHOUT_EVENTS
int nvmlEventSetCreate(void **set) { *set = &event_set; return 0; }
int nvmlEventSetFree(void *set) { return set == &event_set ? 0 : 2; }
int nvmlDeviceRegisterEvents(device_t *d, unsigned long long types, void *set) {
    return types != 8 || set != &event_set ? 2 : code(d, "events");
}
int nvmlEventSetWait_v2(void *set,
        struct { device_t *device; unsigned long long type, data; unsigned int gi, ci; } *out, unsigned int millis) {
    unsigned int waited;
    for (waited = 0; waited < millis; waited += 10) {
        unsigned long long serial = state("xid.serial", 0);
        int c = (int) state("wait.code", 0);
        if (c) return c;
        if (serial > seen_serial) {
            seen_serial = serial;
            out->device = &devices[state("xid.gpu", 0)];
            out->type = state("xid.type", 8);
            out->data = state("xid.number", 79);
            out->gi = out->ci = 0xffffffffu;
            return 0;
        }
        usleep(10000);
    }
    return 10;
}
#endif
#endif
