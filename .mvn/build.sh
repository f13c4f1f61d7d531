#!/bin/sh
# Runs Maven for "make": prints its steps with the elapsed time, and its errors. The whole output is in target/build.log.
# build.sh ARGUMENTS…
set -u
mkdir -p target
log=target/build.log
begin=$(date +%s)

step() {
    seconds=$(($(date +%s) - begin))
    printf '  %2d:%02d  %s\n' $((seconds / 60)) $((seconds % 60)) "$1"
}

# A loop of the shell, because some awks read a pipe in blocks and would show the steps late.
show() {
    files=0 errors=0
    while IFS= read -r line; do
        case $line in
            *'Downloaded from '*)
                files=$((files + 1))
                [ $((files % 200)) -ne 0 ] || step "$files files downloaded"
                ;;
            '[INFO] --- '*compiler*:compile' '*) step 'compiling the server' ;;
            '[INFO] --- '*compiler*:testCompile' '*) step 'compiling the sandbox and the tests' ;;
            '[INFO] --- '*quarkus*:build' '*) step 'packaging the server' ;;
            '[ERROR]'*)
                errors=$((errors + 1))
                [ $errors -gt 20 ] || printf '%s\n' "$line"
                ;;
            'build.sh: exit '*)
                [ "$line" = 'build.sh: exit 0' ] || return "${line##* }"
                step 'done'
                return 0
                ;;
        esac
    done
    return 1
}

if [ -d "${HOME:-}/.m2/repository/io/quarkus/quarkus-core" ]; then
    estimate='about a minute'
else
    estimate='5 to 10 minutes, because Maven first downloads about 4000 files'
fi
echo "Building: $estimate. Details are in $log."
{
    ./mvnw -B -Dstyle.color=never "$@" 2>&1
    echo "build.sh: exit $?"
} | tee "$log" | show
