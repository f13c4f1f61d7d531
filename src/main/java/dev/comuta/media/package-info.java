/**
 * Files: fetched from providers by tasks, uploaded by clients, scanned, encrypted, and served by signed links. Their
 * bytes are in {@code platform.object}.
 *
 * <p>The order is: the bytes arrive encrypted on the disk; size and type are checked; the file is scanned; its key is
 * entered in UnusedObjects; it becomes an object; and the commit of its row removes the entry. So no object remains
 * without a row.
 *
 * <ul>
 *   <li>Tables: MediaObjects, SentFiles, UnusedObjects
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.media.MediaSource}, {@link dev.comuta.media.MediaListener}
 *   <li>Uses: quota
 * </ul>
 */
package dev.comuta.media;
