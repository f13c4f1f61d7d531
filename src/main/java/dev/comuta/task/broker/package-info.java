/**
 * The exchange and the queues of tasks in RabbitMQ, and the health of the connection.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.task.broker;
