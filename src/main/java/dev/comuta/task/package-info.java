/**
 * The task engine: deferred work is a row in BackgroundTasks, and the engine runs it.
 *
 * <p>{@link dev.comuta.task.Tasks} inserts a row in the caller's transaction; {@code TaskDispatcher} publishes its id
 * after the commit; {@code TaskWorker} claims it, runs its {@link dev.comuta.task.TaskHandler} outside of any
 * transaction, and completes it in one transaction with all its effects; {@code TaskSweeper} publishes overdue rows.
 * A publish may be lost, a delivery repeated, a worker killed: the row is authoritative. The engine knows no feature;
 * rooms declare their {@link dev.comuta.task.TaskType}s.
 *
 * <ul>
 *   <li>Tables: BackgroundTasks, TaskTypes
 *   <li>Events: 'TarefaIniciada', 'TarefaConcluída', 'ConsultaConcluída', 'TarefaFalhou', 'TarefaCancelada'
 *   <li>Ports: {@link dev.comuta.task.TaskHandler}, {@link dev.comuta.task.TaskListener}
 *   <li>Uses: event
 * </ul>
 */
package dev.comuta.task;
