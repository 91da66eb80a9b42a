package io.rivulet.bench;

import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.Question;
import io.rivulet.bench.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench windows} found.
 *
 * @param engineRates events per second, of each run of the engine
 * @param loopRates events per second, of each run of the loop
 * @param ratios engine's rate by loop's rate, of each adjacent pair
 * @param growth in a run ten times as long, the rate of the last tenth by that of the first; null when not asked for
 * @param resultOk whether every run of the engine, killed ones included, gave the loop's answer
 * @param answer the loop's answer
 * @param batches micro-batches of the last run
 * @param checkpointBytesWritten bytes written by the last run
 * @param cpuSecondsPerMillion processor seconds of the process per million events, during the engine's runs
 * @param peakRssMb largest resident size of the process in megabytes, 0 where the system does not say
 */
record WindowsReport(
        Question question,
        long events,
        boolean durable,
        int threads,
        int runs,
        Sample engineRates,
        Sample loopRates,
        Sample ratios,
        @Nullable Double growth,
        boolean resultOk,
        Answer answer,
        long batches,
        long checkpointBytesWritten,
        double cpuSecondsPerMillion,
        long peakRssMb,
        String jdk) {

    /** The object that the command prints. */
    String json() {
        JsonLine json = new JsonLine()
                .put("workload", question.workload().name())
                .put("keys", question.events().keys());
        if (question.workload() == Workload.W2) {
            json.put("slideMs", question.slideMillis());
        }
        json.put("events", events)
                .put("durable", durable)
                .put("threads", threads)
                .put("runs", runs)
                .put("engineMedian", Math.round(engineRates.median()))
                .put("loopMedian", Math.round(loopRates.median()))
                .put("ratio", ratios.median())
                .put("ratioMin", ratios.min())
                .put("ratioMax", ratios.max());
        if (growth != null) {
            json.put("growth", growth);
        }
        return json.put("resultOk", resultOk)
                .put("rows", answer.rows())
                .put("checksum", answer.checksumHex())
                .put("batches", batches)
                .put("checkpointBytesWritten", checkpointBytesWritten)
                .put("cpuSecondsPerMillion", cpuSecondsPerMillion)
                .put("peakRssMb", peakRssMb)
                .put("jdk", jdk)
                .end();
    }
}
