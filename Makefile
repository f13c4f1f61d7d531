# The targets of this repository. "make" alone prints them.
.DEFAULT_GOAL := help
.PHONY: help run aot demo test check format configuration native-sources sandbox-image-files openapi classic lint bench bench-conversations bench-calls bench-tasks soak chaos chaos-calls mass
.SILENT:

MVN := ./mvnw -B -ntp
# The last version that runs on Node.js 18, as in Debian 12.
REDOCLY := 1.34.15
SOURCES := pom.xml $(shell find src ! -name '.*') $(shell find docs -maxdepth 1 -name '*.md')
# Netty uses what newer JDKs warn about.
QUIET := --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
SANDBOX := . .mvn/jdk.sh && exec java $(QUIET) -cp "target/test-classes:target/classes:$$(cat target/test-classpath.txt)"

help: ## print this list
	echo 'make <target>'
	sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do \
	    printf '  %-19s %s\n' "$$name" "$$text"; done

run: target/.packaged ## start the server with a database, a broker and simulated providers (Ctrl-C stops it)
	$(SANDBOX) dev.comuta.sandbox.SandboxMain

aot: target/.packaged ## store an AOT cache, so that "make run" starts faster
	. .mvn/jdk.sh && src/main/docker/train.sh "$(CURDIR)/target/quarkus-app/comuta.aot" \
	    @src/main/docker/jvm.options -jar "$(CURDIR)/target/quarkus-app/quarkus-run.jar"

demo: target/.packaged ## play one conversation from the webhook to the answer, and print its steps
	$(SANDBOX) dev.comuta.sandbox.DemoMain

test: ## compile with warnings as errors, run unit tests, package, run integration tests
	$(MVN) verify

check: ## check the formatting, run "make test", compare openapi.yaml with the code
	$(MVN) spotless:check verify
	test -f openapi.yaml || { echo 'openapi.yaml is missing: run make openapi'; exit 1; }
	diff -u openapi.yaml target/openapi/openapi.yaml || { echo 'openapi.yaml differs from the code: run make openapi'; exit 1; }

format: ## format all Java sources
	$(MVN) -q spotless:apply

openapi: ## rewrite openapi.yaml from the code
	$(MVN) -q package -DskipTests
	cp target/openapi/openapi.yaml openapi.yaml

classic: target/.packaged ## write target/openapi/openapi-3.0.3.yaml, for tools that do not read OpenAPI 3.1
	$(SANDBOX) dev.comuta.clients.ClassicDescription target/openapi/openapi.yaml target/openapi/openapi-3.0.3.yaml

configuration: ## rewrite the table of docs/configuration.md from the code
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt -Dmdep.includeScope=test
	$(SANDBOX) dev.comuta.ConfigurationPage

native-sources: ## run the native build up to the compiler, which needs GraalVM and does not run
	$(MVN) -q package -Dmaven.test.skip=true -Dquarkus.native.enabled=true -Dquarkus.native.sources-only=true

sandbox-image-files: ## collect the files for src/main/docker/Dockerfile.sandbox
	$(MVN) -q test-compile dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=target/sandbox/lib \
	    -DexcludeGroupIds=io.zonky.test,io.zonky.test.postgres

lint: ## check openapi.yaml against its standard; needs Node.js
	npx --yes @redocly/cli@$(REDOCLY) lint openapi.yaml

bench: target/.packaged ## measure on this machine, as docs/performance.md describes
	bench/run

bench-conversations: target/.packaged ## measure whole conversations, from the webhook to the answer
	bench/run ConversationBench

bench-calls: target/.packaged ## measure the answers to incoming calls, 200 in a second
	bench/run CallBench

bench-tasks: target/.packaged ## run a million tasks and report the effect on their table
	bench/run TaskBench

soak: target/.packaged ## run half load for SOAK_MINUTES (30) with restarts, and report what has grown
	bench/run SoakBench

chaos: target/.packaged ## make every part fail while messages arrive, and check every promise (15 min); CHAOS=kills RUNS=30: short runs
	$(SANDBOX) dev.comuta.chaos.ChaosMain

chaos-calls: target/.packaged ## kill a server 30 times (KILLS) while it dials, and count the dials (5 min)
	$(SANDBOX) dev.comuta.mass.CallKillsMain

mass: target/.packaged ## start 2,000 conversations at WhatsApp's limits, kill a server, shuffle webhooks; check every promise (4 min)
	$(SANDBOX) dev.comuta.mass.MassMain

# The packaged server, the compiled tests and their class path; rebuilt only when a source is newer.
target/.packaged: $(SOURCES)
	.mvn/build.sh package dependency:build-classpath -DskipTests \
	    -Dmdep.outputFile=target/test-classpath.txt -Dmdep.includeScope=test
	touch $@
