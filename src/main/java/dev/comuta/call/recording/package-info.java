/**
 * Recordings of calls: their files, and the messages that callers leave on the voicemail.
 *
 * <p>Providers report recordings to {@link dev.comuta.call.recording.CallRecordings}. A file is fetched by the tasks of
 * {@code media}, in the commit of whose end 'GravaçãoDisponível' is recorded.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call, call.notice, message, media
 * </ul>
 */
package dev.comuta.call.recording;
