/**
 * Transcription of voice notes: the task 'TranscricaoAudio', its results, and the settings of clients.
 *
 * <p>{@link dev.comuta.message.transcription.VoiceNotes} requests the task when a voice note is stored, and {@link
 * dev.comuta.message.transcription.TranscribeHandler} runs it. A turn waits for it, because it is a task of the queue
 * 'tool'.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: media
 * </ul>
 */
package dev.comuta.message.transcription;
