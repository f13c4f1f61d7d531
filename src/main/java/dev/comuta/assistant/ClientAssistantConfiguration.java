package dev.comuta.assistant;

import java.util.Map;

/**
 * How a client uses an assistant.
 *
 * @param configuration in place of the assistant's own; null leaves that in force
 */
record ClientAssistantConfiguration(Map<String, Object> configuration) {}
