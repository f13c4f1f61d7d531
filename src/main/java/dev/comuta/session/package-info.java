/**
 * Sessions: open, lock, touch, hand off, release, close.
 *
 * <p>A transaction that writes to a session locks its row first, so that the ids of one session commit in their
 * order.
 *
 * <ul>
 *   <li>Tables: Sessions
 *   <li>Events: 'SessãoIniciada', 'SessãoEncerrada', 'SessãoTransferida', 'SessãoLiberada'
 *   <li>Ports: {@link dev.comuta.session.SessionListener}
 *   <li>Uses: people, channel
 * </ul>
 */
package dev.comuta.session;
