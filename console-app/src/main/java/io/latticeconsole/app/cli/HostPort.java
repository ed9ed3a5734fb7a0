package io.latticeconsole.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// An address as typed, `host:port`; an IPv6 host stands in brackets.
record HostPort(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }

    /// Reads an address or says what is wrong with it.
    static final class Converter implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String typed) {
            int colon = typed.lastIndexOf(':');
            if (colon <= 0 || (typed.indexOf(':') != colon && !typed.startsWith("["))) {
                throw new TypeConversionException("'" + typed + "' is not an address; expected host:port");
            }
            int port;
            try {
                port = Integer.parseInt(typed.substring(colon + 1));
            } catch (NumberFormatException e) {
                port = -1;
            }
            if (port < 0 || port > 65_535) {
                throw new TypeConversionException("'" + typed + "' has no port from 0 to 65535 after the colon");
            }
            return new HostPort(typed.substring(0, colon), port);
        }
    }
}
