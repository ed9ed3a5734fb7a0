package io.latticeconsole.telemetry;

/// What became of samples since the console began: rows written, values out of range (taken as no reading), batches of
/// another epoch (dropped), batches replaced by a newer one before they were written, rows of unknown nodes.
public record SampleCounts(long rows, long outOfRange, long otherEpoch, long conflated, long unknownRows) {
    public static final SampleCounts NONE = new SampleCounts(0, 0, 0, 0, 0);

    SampleCounts plus(SampleCounts more) {
        return new SampleCounts(
                rows + more.rows,
                outOfRange + more.outOfRange,
                otherEpoch + more.otherEpoch,
                conflated + more.conflated,
                unknownRows + more.unknownRows);
    }
}
