/**
 * The exchange and the queues of tasks in RabbitMQ, and whether the broker is there.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.task.broker;
