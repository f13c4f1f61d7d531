/**
 * The configurations of the engines: one record per engine, which is the schema of the API, the check of a write, and
 * the type that the engine reads.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.assistant.engine;
