/**
 * The sandbox: everything a laptop lacks, used by tests and by {@code make run}.
 *
 * <p>It runs a real PostgreSQL and a real RabbitMQ, proxies before both that can be cut, simulated
 * providers on one HTTP port, an SMTP server and the packaged server as a process of its own. All of
 * it listens on 127.0.0.1 only (but for {@link dev.comuta.sandbox.ProvidersMain}) and ends with the JVM that started it. Nothing of it is in the
 * production artifact.
 */
package dev.comuta.sandbox;
