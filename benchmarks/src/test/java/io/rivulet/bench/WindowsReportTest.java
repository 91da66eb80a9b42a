package io.rivulet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.Question;
import io.rivulet.bench.workload.Workload;
import org.junit.jupiter.api.Test;

class WindowsReportTest {
    @Test
    void theObjectHasTheDocumentedMembersInTheirOrder() {
        WindowsReport report = new WindowsReport(
                Question.of(Workload.W1, 1000),
                20_000_000,
                true,
                2,
                5,
                new Sample(90e6, 110e6, 100_000_000.4),
                new Sample(200e6),
                new Sample(0.5, 0.48765432, 0.61),
                null,
                true,
                new Answer(10_000, 0xabcL),
                20,
                123_456,
                0.0123456,
                321,
                "17.0.15+6");
        assertThat(report.json())
                .isEqualTo("{\"workload\":\"W1\",\"keys\":1000,\"events\":20000000,\"durable\":true,\"threads\":2,"
                        + "\"runs\":5,\"engineMedian\":100000000,\"loopMedian\":200000000,\"ratio\":0.5,"
                        + "\"ratioMin\":0.4877,\"ratioMax\":0.61,\"resultOk\":true,\"rows\":10000,"
                        + "\"checksum\":\"0000000000000abc\",\"batches\":20,\"checkpointBytesWritten\":123456,"
                        + "\"cpuSecondsPerMillion\":0.01235,\"peakRssMb\":321,\"jdk\":\"17.0.15+6\"}");
    }

    @Test
    void theSlideIsNamedForSlidingWindowsAndTheGrowthWhenAskedFor() {
        Question question = new Question(Workload.W2, Workload.W2.events(1000), 250);
        WindowsReport report = new WindowsReport(
                question,
                5_000_000,
                false,
                2,
                1,
                new Sample(1e6),
                new Sample(2e6),
                new Sample(0.5),
                0.98765,
                true,
                new Answer(559_000, 1),
                4,
                0,
                1,
                1,
                "17");
        assertThat(report.json())
                .contains("\"keys\":1000,\"slideMs\":250,\"events\":5000000")
                .contains("\"ratioMax\":0.5,\"growth\":0.9877,\"resultOk\":true");
    }

    @Test
    void textIsEscapedAndNumbersHaveNoExponent() {
        assertThat(new JsonLine()
                        .put("a", "q\"\n")
                        .put("b", 1e-7)
                        .put("c", 123456.0)
                        .put("d", 0.0)
                        .end())
                .isEqualTo("{\"a\":\"q\\\"\\n\",\"b\":0.0000001,\"c\":123500,\"d\":0}");
    }
}
