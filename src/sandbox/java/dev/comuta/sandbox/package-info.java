/**
 * The sandbox: everything that the server depends on, for tests and for {@code make run}.
 *
 * <p>It runs a real PostgreSQL and a real RabbitMQ, a breakable proxy before each, simulated providers on one HTTP
 * port, an SMTP server, and the packaged server as its own process. All of it listens on 127.0.0.1 only (except {@link
 * dev.comuta.sandbox.ProvidersMain}) and ends with the JVM that started it. The production artifact contains none of
 * it.
 */
package dev.comuta.sandbox;
