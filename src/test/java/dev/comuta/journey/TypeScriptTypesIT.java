package dev.comuta.journey;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The strict TypeScript compiler must accept a program that uses the types from openapi-typescript. */
class TypeScriptTypesIT {

    private static final Path SOURCES = Path.of("src", "test", "clients", "types");
    private static final Path DESCRIPTION = Path.of("target", "openapi", "openapi.yaml");

    @Test
    void compilesAProgramThatReadsIdsAndNarrowsSetsWithoutCasts() throws IOException, InterruptedException {
        NodeTools node = NodeTools.in(Path.of("target", "clients", "types"));
        node.copy(SOURCES, "integration.ts", "tsconfig.json");
        node.install(NodeTools.OPENAPI_TYPESCRIPT, NodeTools.TYPESCRIPT);
        node.run("openapi-typescript/bin/cli.js", DESCRIPTION.toAbsolutePath().toString(), "--output", "comuta.ts");

        node.run("typescript/bin/tsc", "-p", ".");
    }
}
