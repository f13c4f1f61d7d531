package dev.comuta.platform.secret;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number of rows of one column under the current key, and under other keys. */
@Schema(name = "SealedRows", description = "Progress of one column towards the current key.")
public record SealedRows(
        @Schema(description = "Table, in the spelling of PostgreSQL", examples = "communicationchannels")
        String table,

        @Schema(description = "Column, in the spelling of PostgreSQL", examples = "credentials")
        String column,

        @Schema(description = "Number of rows encrypted with the current key", examples = "12")
        long underCurrentKey,

        @Schema(description = "Number of rows that still need one of `comuta.secrets.other-keys`", examples = "0")
        long underOtherKeys) {}
