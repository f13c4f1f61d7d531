/**
 * The clients' own agents: a turn goes out as a signed POST (Standard Webhooks specification), the answer says what is to
 * be done. Implements {@link dev.comuta.assistant.AssistantEngine} for the scheme {@code http}; uses no tables and writes
 * no events.
 */
package dev.comuta.provider.agent;
