package io.latticeconsole.agent.config;

/// What is wrong in a configuration file: the file, the line, the field, what was found and what was expected.
public final class ConfigProblem extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param line counted from 1, 0 where the file as a whole is meant @param field such as
    /// `sites[0].nodes[1].address`
    ConfigProblem(String file, int line, String field, String sentence) {
        super(file + (line > 0 ? ", line " + line : "") + ": " + (field.isEmpty() ? "" : field + ": ") + sentence);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
