package io.latticeconsole.fuzz;

import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.latticeconsole.security.Access;
import io.latticeconsole.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A server under attack: its methods, a channel to it for each party, and the parties that can change nothing
/// there.
record Target(String name, List<Method> methods, Map<String, ManagedChannel> channels, Set<String> powerless) {
    /// A method and an empty message of each of its types.
    record Method(MethodDescriptor<?, ?> descriptor, Message request, Message response) {
        /// Whether the table of rights gives it to a party.
        boolean isFor(String party) {
            Set<Role> may = Access.to(descriptor.getFullMethodName());
            return Role.ofUnit(party).map(may::contains).orElse(false);
        }

        boolean isUnary() {
            return descriptor.getType() == MethodDescriptor.MethodType.UNARY;
        }
    }

    Target {
        methods = List.copyOf(methods);
        channels = Map.copyOf(channels);
        powerless = Set.copyOf(powerless);
    }

    /// Who sends to a method. @param powerless only those that can change nothing @param may else only those that may
    List<String> parties(Method method, boolean powerless, boolean may) {
        return (powerless ? powerless() : channels.keySet())
                .stream()
                        .filter(party -> powerless || !may || method.isFor(party))
                        .sorted()
                        .toList();
    }

    static List<Method> methods(List<ServiceDescriptor> services) {
        List<Method> methods = new ArrayList<>();
        for (ServiceDescriptor service : services) {
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                methods.add(new Method(
                        method, prototype(method.getRequestMarshaller()), prototype(method.getResponseMarshaller())));
            }
        }
        return methods;
    }

    private static Message prototype(MethodDescriptor.Marshaller<?> marshaller) {
        if (marshaller instanceof MethodDescriptor.PrototypeMarshaller<?> known
                && known.getMessagePrototype() instanceof Message message) {
            return message;
        }
        throw new IllegalArgumentException("not a method of messages: " + marshaller);
    }
}
