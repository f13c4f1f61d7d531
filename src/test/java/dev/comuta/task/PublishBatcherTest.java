package dev.comuta.task;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.platform.db.RequestedTask;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The test decides when the broker confirms. */
class PublishBatcherTest {

    private final List<List<Long>> messages = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> confirms = new CopyOnWriteArrayList<>();
    private final List<Integer> lost = new CopyOnWriteArrayList<>();
    private final PublishBatcher batcher = batcher(Duration.ofMinutes(1));

    @Test
    void publishesALoneTaskImmediatelyAndBatchesTheNextOnes() {
        publish(1);
        publish(2);
        publish(3);
        assertEquals(List.of(List.of(1L)), messages);

        confirms.getFirst().complete(null);
        assertEquals(List.of(List.of(1L), List.of(2L, 3L)), messages);
        confirms.get(1).complete(null);
        publish(4);
        assertEquals(List.of(4L), messages.getLast());
        assertEquals(List.of(), lost);
    }

    @Test
    void continuesAfterALostMessage() {
        publish(1);
        publish(2);
        confirms.getFirst().completeExceptionally(new IllegalStateException("refused"));

        assertEquals(List.of(List.of(1L), List.of(2L)), messages);
        assertEquals(List.of(1), lost);
    }

    @Test
    void continuesWhenTheBrokerDoesNotConfirm() {
        PublishBatcher shortTimeout = batcher(Duration.ofMillis(20));
        LongStream.of(1, 2).mapToObj(PublishBatcherTest::task).forEach(task -> shortTimeout.publish(List.of(task)));

        await().atMost(Duration.ofSeconds(10)).until(() -> messages.size() == 2);
        assertEquals(List.of(2L), messages.getLast());
    }

    @Test
    void limitsTheSizeOfAMessageAndDropsTasksBeyondTheLimit() {
        publish(0);
        batcher.publish(LongStream.rangeClosed(1, PublishBatcher.MAX_QUEUED + 3L)
                .mapToObj(PublishBatcherTest::task)
                .toList());
        confirms.getFirst().complete(null);

        assertEquals(List.of(3), lost);
        assertEquals(
                LongStream.rangeClosed(1, PublishBatcher.MAX_TASKS_PER_MESSAGE)
                        .boxed()
                        .toList(),
                messages.getLast());
    }

    private PublishBatcher batcher(Duration timeout) {
        return new PublishBatcher(Runnable::run, this::send, (cause, tasks) -> lost.add(tasks), timeout);
    }

    private void publish(long taskId) {
        batcher.publish(List.of(task(taskId)));
    }

    private Uni<Void> send(List<RequestedTask> tasks) {
        messages.add(tasks.stream().map(RequestedTask::taskId).toList());
        CompletableFuture<Void> confirm = new CompletableFuture<>();
        confirms.add(confirm);
        return Uni.createFrom().completionStage(confirm);
    }

    private static RequestedTask task(long taskId) {
        return new RequestedTask(taskId, 1L, "RespostaAssistente", null);
    }
}
