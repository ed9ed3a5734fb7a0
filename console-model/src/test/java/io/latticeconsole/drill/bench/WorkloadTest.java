package io.latticeconsole.drill.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void isTheWorkloadThatOthersWereMeasuredWith() {
        assertEquals(235022031, new Workload(10_000).checksum());
        assertEquals(-1512235836, new Workload(1_000).checksum());
    }

    @Test
    void namesLeadBackToNumbers() {
        Workload workload = new Workload(1_000);
        for (int link = 0; link < workload.links(); link++) {
            assertArrayEquals(
                    new int[] {workload.from(link), workload.to(link)},
                    WorkloadNames.ends(WorkloadNames.link(workload, link)));
        }
        assertEquals(777, WorkloadNames.number(WorkloadNames.node(workload, 777)));
    }

    @Test
    void nodesThatDoNotSpreadEvenlyAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Workload(1_001));
    }
}
