package io.latticeconsole.agent.telemetry;

import io.latticeconsole.agent.text.PrometheusText;
import java.util.List;

/// Reads what tools of others print.
public final class ForeignTables {
    private ForeignTables() {}

    public static void smi(String text) {
        SmiTable.parse(List.of(SmiTable.Column.values()), text);
    }

    public static void dcgm(String page) {
        DcgmTable.readings(PrometheusText.parse(page));
    }
}
