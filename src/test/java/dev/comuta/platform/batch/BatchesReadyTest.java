package dev.comuta.platform.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class BatchesReadyTest {

    @Test
    void aProcessWhoseBatchDoesNotEndIsNotReady() {
        HealthCheckResponse response = check(work("receive", 20), work("claim", 7000));

        assertEquals(Status.DOWN, response.getStatus());
        assertEquals(Map.of("claim", "7000 ms"), response.getData().orElseThrow());
    }

    @Test
    void aProcessWhoseBatchesEndIsReady() {
        assertEquals(Status.UP, check(work("receive", 900), work("claim", 0)).getStatus());
    }

    private static HealthCheckResponse check(Progress... work) {
        return new BatchesReady(List.of(work)).call();
    }

    private static Progress work(String name, long milliseconds) {
        return new Progress() {

            @Override
            public String workName() {
                return name;
            }

            @Override
            public Stream<Duration> batches() {
                return Stream.of(Duration.ZERO, Duration.ofMillis(milliseconds));
            }
        };
    }
}
