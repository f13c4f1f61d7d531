/**
 * Expressions that clients write: result paths, patterns, JSON Schemas and templates. Each type checks an expression
 * when it is made, and counts the steps of its use. They are evaluated by
 * {@link dev.comuta.assistant.expression.Evaluation}, never on an event loop.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.assistant.expression;
