/**
 * Sessions: open, lock, touch, hand off, release, close.
 *
 * <p>A transaction that writes to a session locks its row first, so that the messages, tasks and events of a session
 * are committed in the order of their ids.
 *
 * <ul>
 *   <li>Tables: Sessions
 *   <li>Events: 'SessãoIniciada', 'SessãoEncerrada', 'SessãoTransferida', 'SessãoLiberada'
 *   <li>Ports: {@link dev.comuta.session.SessionListener}
 *   <li>Uses: people, channel
 * </ul>
 */
package dev.comuta.session;
