package dev.comuta.platform.secret;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far one column has come to the current key.
 *
 * @param table in PostgreSQL's spelling
 * @param underCurrentKey rows that need no other key
 * @param underOtherKeys rows that still need one of {@code comuta.secrets.other-keys}
 */
@Schema(name = "SealedRows")
public record SealedRows(String table, String column, long underCurrentKey, long underOtherKeys) {}
