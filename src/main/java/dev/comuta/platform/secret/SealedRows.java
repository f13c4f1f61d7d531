package dev.comuta.platform.secret;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The progress of a master key rotation in one column.
 *
 * @param table in PostgreSQL's spelling
 * @param underCurrentKey rows under the current key
 * @param underOtherKeys rows that still need one of {@code comuta.secrets.other-keys}
 */
@Schema(name = "SealedRows")
public record SealedRows(String table, String column, long underCurrentKey, long underOtherKeys) {}
