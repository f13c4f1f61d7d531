/**
 * The task engine: everything that must happen later is a row in BackgroundTasks, and this room makes it happen once.
 *
 * <p>Owns the table BackgroundTasks (task list and transactional outbox in one) and the exchange {@code comuta.tasks}
 * with its queues. {@link dev.comuta.task.Tasks} inserts a row in the caller's transaction; {@code TaskDispatcher}
 * publishes its id after the commit; {@code TaskWorker} takes it (claim), runs the {@link dev.comuta.task.TaskHandler}
 * of its type without a transaction, and ends it (finish) in one transaction with all its effects; {@code TaskSweeper}
 * publishes again what nobody looked after. A publish may be lost, a delivery repeated, a worker killed: the row is the
 * truth.
 *
 * <p>Writes the events 'TarefaIniciada', 'TarefaConcluída', 'ConsultaConcluída', 'TarefaFalhou' and 'TarefaCancelada'. Uses {@code event};
 * every room below hands it handlers, and {@code alert} implements {@link dev.comuta.task.FinalFailures}.
 */
package dev.comuta.task;
