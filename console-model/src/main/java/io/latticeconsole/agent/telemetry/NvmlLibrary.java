package io.latticeconsole.agent.telemetry;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// NVIDIA's management library, loaded and initialised. A function that this version of the library lacks answers
/// FUNCTION_NOT_FOUND, as the library itself would. NVML may be called from any thread; [#close] unloads it and must
/// wait until no thread is in a call.
// Loading a library and calling into it is what this class is for; whoever starts Java allows it.
@SuppressWarnings("restricted")
final class NvmlLibrary implements AutoCloseable {
    private final String where;
    private final Arena arena = Arena.ofShared();
    private final Map<NvmlCall, MethodHandle> calls = new EnumMap<>(NvmlCall.class);
    private final Optional<MethodHandle> errorString;

    private NvmlLibrary(String where) {
        this.where = where;
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = where.contains("/")
                ? SymbolLookup.libraryLookup(Path.of(where), arena)
                : SymbolLookup.libraryLookup(where, arena);
        for (NvmlCall call : NvmlCall.values()) {
            calls.put(call, bind(linker, symbols, call));
        }
        errorString = symbols.find("nvmlErrorString")
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(ADDRESS, JAVA_INT)));
    }

    /// Loads the library and initialises it. A name without a slash is searched as the system does.
    ///
    /// @throws TelemetryUnavailable if it is missing, is another library, or finds no driver
    static NvmlLibrary open(String where) throws TelemetryUnavailable {
        NvmlLibrary library;
        try {
            library = new NvmlLibrary(where);
        } catch (IllegalArgumentException e) {
            throw new TelemetryUnavailable(
                    where + " cannot be loaded: no NVIDIA driver is installed, or it lies elsewhere", e);
        } catch (IllegalCallerException e) {
            throw new TelemetryUnavailable(
                    where + " cannot be loaded: start Java with --enable-native-access=ALL-UNNAMED", e);
        }
        int code = library.call(NvmlCall.INIT);
        if (code != NvmlReturn.SUCCESS) {
            String reason = code == NvmlReturn.FUNCTION_NOT_FOUND
                    ? "it has no nvmlInit_v2 and is not NVIDIA's management library"
                    : library.explain(code);
            library.arena.close();
            throw new TelemetryUnavailable(where + " cannot be used: " + reason);
        }
        return library;
    }

    private static MethodHandle bind(Linker linker, SymbolLookup symbols, NvmlCall call) {
        for (String name : call.names) {
            Optional<MemorySegment> found = symbols.find(name);
            if (found.isPresent()) {
                return linker.downcallHandle(found.get(), call.descriptor);
            }
        }
        MethodHandle missing = MethodHandles.constant(int.class, NvmlReturn.FUNCTION_NOT_FOUND);
        return MethodHandles.dropArguments(
                missing, 0, call.descriptor.toMethodType().parameterList());
    }

    String where() {
        return where;
    }

    /// Calls a function with the arguments of its signature.
    int call(NvmlCall call, Object... arguments) {
        MethodHandle handle = Objects.requireNonNull(calls.get(call));
        try {
            return (int) (Integer) handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(call.names.getFirst() + " threw what a C function cannot throw", e);
        }
    }

    /// Reads a text that a function writes into a buffer; empty if it does not answer.
    String text(NvmlCall call, Object... device) {
        int length = 96;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment buffer = scratch.allocate(length + 1L);
            Object[] arguments = new Object[device.length + 2];
            System.arraycopy(device, 0, arguments, 0, device.length);
            arguments[device.length] = buffer;
            arguments[device.length + 1] = length;
            return call(call, arguments) == NvmlReturn.SUCCESS
                    ? buffer.getString(0, StandardCharsets.UTF_8).strip()
                    : "";
        }
    }

    /// What a return code means, in the library's own words where it has some.
    String explain(int code) {
        return errorString
                .map(handle -> {
                    try {
                        MemorySegment text = (MemorySegment) handle.invokeExact(code);
                        return text.address() == 0
                                ? ""
                                : text.reinterpret(512).getString(0, StandardCharsets.UTF_8) + " (NVML code " + code
                                        + ")";
                    } catch (Throwable e) {
                        throw new IllegalStateException("nvmlErrorString threw what a C function cannot throw", e);
                    }
                })
                .filter(text -> !text.isEmpty())
                .orElse("NVML code " + code);
    }

    /// Ends NVML's session and unloads the library.
    @Override
    public void close() {
        call(NvmlCall.SHUTDOWN);
        arena.close();
    }
}
