package dev.comuta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the manifests, the images and the compose files against the application. */
class DeploymentTest {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Path DOCKER = Path.of("src", "main", "docker");
    private static final Pattern PROPERTY = Pattern.compile("\\bcomuta\\.[a-z.-]+\\b");
    private static final Pattern VARIABLE = Pattern.compile("\\bCOMUTA_[A-Z_]+\\b");

    static List<JsonNode> deployments() throws IOException {
        return manifests()
                .filter(manifest -> "Deployment".equals(manifest.path("kind").asText()))
                .toList();
    }

    private static JsonNode migration() throws IOException {
        return manifests()
                .filter(manifest -> "Job".equals(manifest.path("kind").asText()))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> manifests() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (Path file : files(Path.of("k8s"), ".yaml")) {
            YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).forEachRemaining(all::add);
        }
        return all.stream();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void runsWebAndWorkerSeparately() throws IOException {
        assertEquals(
                List.of("web", "worker"),
                deployments().stream()
                        .map(deployment -> variable(deployment, "COMUTA_ROLES")
                                .path("value")
                                .asText())
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void runsWithLeastPrivilege(JsonNode deployment) {
        JsonNode pod = deployment.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");

        assertTrue(pod.at("/securityContext/runAsNonRoot").booleanValue());
        assertEquals(
                "RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
        assertTrue(container.at("/securityContext/readOnlyRootFilesystem").booleanValue());
        assertFalse(container.at("/securityContext/allowPrivilegeEscalation").booleanValue());
        assertEquals("ALL", container.at("/securityContext/capabilities/drop/0").asText());
        assertEquals("/tmp", container.at("/volumeMounts/0/mountPath").asText());
        assertTrue(container.at("/resources/requests").has("cpu"));
        assertTrue(container.at("/resources/limits").has("memory"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void runsAsTheUserOfTheImages(JsonNode deployment) throws IOException {
        String user =
                deployment.at("/spec/template/spec/securityContext/runAsUser").asText();

        for (String image : List.of("Dockerfile.jvm", "Dockerfile.native")) {
            assertTrue(Files.readString(DOCKER.resolve(image)).contains("\nUSER " + user + ":" + user + "\n"), image);
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void usesThePortAndProbesOfTheApplication(JsonNode deployment) throws IOException {
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        String port = container.at("/ports/0/containerPort").asText();

        assertEquals("http", container.at("/ports/0/name").asText());
        assertTrue(applicationProperties().contains("quarkus.http.port=${COMUTA_PORT:" + port + "}"));
        for (String image : List.of("Dockerfile.jvm", "Dockerfile.native")) {
            assertTrue(Files.readString(DOCKER.resolve(image)).contains("\nEXPOSE " + port + "\n"), image);
        }
        for (String probe : List.of("started", "live", "ready")) {
            String name = probe.replace("started", "startup")
                    .replace("live", "liveness")
                    .replace("ready", "readiness");
            JsonNode get = container.at("/" + name + "Probe/httpGet");
            assertEquals("/q/health/" + probe, get.path("path").asText());
            assertEquals("http", get.path("port").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void gracePeriodCoversTheShutdown(JsonNode deployment) throws IOException {
        long requests = seconds("quarkus.shutdown.timeout=(\\d+)s", applicationProperties());
        long tasks = seconds("`comuta.tasks.shutdown-limit` \\| `(\\d+)s`", Files.readString(ConfigurationPage.PAGE));
        long preStop = deployment
                .at("/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds")
                .asLong();

        assertTrue(deployment
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asLong()
                > preStop + requests + tasks);
    }

    private static long seconds(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), pattern);
        return Long.parseLong(matcher.group(1));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void hasADisruptionBudgetAndANetworkPolicy(JsonNode deployment) throws IOException {
        JsonNode labels = deployment.at("/spec/selector/matchLabels");

        assertEquals(labels, deployment.at("/spec/template/metadata/labels"));
        assertEquals(1, count("PodDisruptionBudget", "/spec/selector/matchLabels", labels));
        assertEquals(1, count("NetworkPolicy", "/spec/podSelector/matchLabels", labels));
    }

    private static long count(String kind, String path, JsonNode labels) throws IOException {
        return manifests()
                .filter(manifest -> kind.equals(manifest.path("kind").asText()))
                .filter(manifest -> labels.equals(manifest.at(path)))
                .count();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void readsVariablesFromTheSecretOnly(JsonNode deployment) {
        for (JsonNode variable : environment(deployment)) {
            String name = variable.path("name").asText();
            if (!name.equals("COMUTA_ROLES")) {
                assertEquals(
                        "comuta", variable.at("/valueFrom/secretKeyRef/name").asText(), name);
                assertEquals(name, variable.at("/valueFrom/secretKeyRef/key").asText());
            }
        }
        for (String needed : List.of("COMUTA_SECRETS_KEY", "COMUTA_DB_PASSWORD", "COMUTA_DB_CROSS_PASSWORD")) {
            assertFalse(variable(deployment, needed).isMissingNode(), needed);
        }
    }

    @Test
    void onlyTheMigrationHasThePasswordOfTheSchemasOwner() throws IOException {
        List<String> kinds = manifests()
                .filter(manifest -> manifest.toString().contains("COMUTA_DB_OWNER_PASSWORD"))
                .map(manifest -> manifest.path("kind").asText())
                .toList();
        String base = Files.readString(Path.of("k8s", "base", "kustomization.yaml"));

        assertEquals(List.of("Job"), kinds);
        assertTrue(variable(migration(), "COMUTA_DB_PASSWORD").isMissingNode());
        assertTrue(variable(migration(), "COMUTA_DB_CROSS_PASSWORD").isMissingNode());
        assertTrue(base.contains("- COMUTA_DB_MIGRATE=false\n"), "a process without the password does not migrate");
    }

    @Test
    void manifestsContainNoSecret() throws IOException {
        for (Path file : files(Path.of("k8s"), ".yaml")) {
            String manifest = Files.readString(file);
            assertFalse(manifest.contains("kind: Secret\n"), file.toString());
            assertFalse(Pattern.compile("- COMUTA_[A-Z_]*(KEY|PASSWORD|SECRET|TOKEN|AMQP_URL)=")
                    .matcher(manifest)
                    .find());
        }
    }

    @Test
    void usesOnlyDocumentedVariables() throws IOException {
        String page = Files.readString(ConfigurationPage.PAGE);
        Set<String> named = new TreeSet<>();
        List<Path> files = new ArrayList<>(files(Path.of("k8s"), ".yaml"));
        files.addAll(files(DOCKER, ""));
        files.add(Path.of("compose.yaml"));
        files.add(Path.of("compose.sandbox.yaml"));
        for (Path file : files.stream().filter(Files::isRegularFile).toList()) {
            VARIABLE.matcher(Files.readString(file)).results().forEach(found -> named.add(found.group()));
        }

        Set<String> properties = PROPERTY.matcher(page)
                .results()
                .map(found -> variable(found.group()))
                .collect(Collectors.toSet());
        named.removeIf(name ->
                page.contains("`" + name + "`") || properties.contains(name) || name.startsWith("COMUTA_SANDBOX_"));

        assertEquals(Set.of(), named);
    }

    @Test
    void composeServerHasAReadOnlyRoot() throws IOException {
        JsonNode server = YAML.readTree(Path.of("compose.yaml").toFile()).at("/services/server");

        assertTrue(server.path("read_only").booleanValue());
        assertEquals("/tmp", server.at("/tmpfs/0").asText());
        assertTrue(Files.exists(Path.of(server.at("/build/dockerfile").asText())));
    }

    @Test
    void composeSandboxListensWhereTheServerCallsIt() throws IOException {
        JsonNode services =
                YAML.readTree(Path.of("compose.sandbox.yaml").toFile()).path("services");
        String dockerfile = services.at("/sandbox/build/dockerfile").asText();
        String port = Integer.toString(URI.create(
                        services.at("/sandbox/environment/COMUTA_SANDBOX_URL").asText())
                .getPort());

        assertTrue(Files.readString(Path.of(dockerfile)).contains("\nEXPOSE " + port + " "));
        assertTrue(
                services.at("/server/environment/COMUTA_META_BASE_URL").asText().endsWith("sandbox:" + port));
    }

    /** The environment variable of the property, by the rules of MicroProfile Config. */
    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static JsonNode variable(JsonNode deployment, String name) {
        return StreamSupport.stream(environment(deployment).spliterator(), false)
                .filter(variable -> name.equals(variable.path("name").asText()))
                .findFirst()
                .orElse(YAML.missingNode());
    }

    private static JsonNode environment(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0/env");
    }

    private static String applicationProperties() throws IOException {
        return Files.readString(Path.of("src", "main", "resources", "application.properties"));
    }
}
