package io.latticeconsole.codec;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Pairs the constants of a contract's enum with a model's by name: `TIER_EDGE` with `EDGE`. Made once per pair; a
/// constant of the model without a counterpart fails at once.
final class EnumCodec<P extends Enum<P>, M extends Enum<M>> {
    private final Map<M, P> toProto;
    private final Map<P, M> fromProto;
    private final List<M> known;

    EnumCodec(String prefix, Class<P> proto, Class<M> model) {
        toProto = new EnumMap<>(model);
        fromProto = new EnumMap<>(proto);
        known = List.of(model.getEnumConstants());
        for (M constant : known) {
            P counterpart = Enum.valueOf(proto, prefix + "_" + constant.name());
            toProto.put(constant, counterpart);
            fromProto.put(counterpart, constant);
        }
    }

    P encode(M value) {
        return Objects.requireNonNull(toProto.get(value));
    }

    /// @throws MalformedMessage if the value is unspecified or unknown to this version of the contract
    M decode(Cursor at, String field, P value) {
        M constant = fromProto.get(value);
        if (constant == null) {
            throw at.malformed(field, value, "one of " + known);
        }
        return constant;
    }
}
