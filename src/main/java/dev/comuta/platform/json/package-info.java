/**
 * JSON and times of requests: which bodies are accepted, and the problems that name a wrong field.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.json;
