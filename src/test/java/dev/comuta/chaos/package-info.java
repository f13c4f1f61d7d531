/**
 * {@code make chaos}: two servers on one database and broker, providers that deliver thousands of messages, and an
 * outage of every part. At the end the rows and the requests of the providers are compared with the accepted
 * deliveries. All random choices come from one seed.
 */
package dev.comuta.chaos;
