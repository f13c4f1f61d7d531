# Finds a JDK >= 25 and exports JAVA_HOME and PATH. Source it from a POSIX shell: ". .mvn/jdk.sh || exit 1".
# Order: JAVA_HOME, the javac on the PATH, then the usual install folders.

comuta_jdk_ok() { # <folder>: true when it holds a JDK (not a JRE) of version 25 or later
    [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
    comuta_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${comuta_version:-0}" -ge 25 ]
}

comuta_jdk_find() {
    if [ -n "${JAVA_HOME:-}" ] && comuta_jdk_ok "$JAVA_HOME"; then
        return 0
    fi
    comuta_javac=$(command -v javac) && comuta_javac=$(readlink -f "$comuta_javac") || comuta_javac=/none
    for JAVA_HOME in "${comuta_javac%/bin/javac*}" /usr/lib/jvm/* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/.sdkman/candidates/java/*; do
        if comuta_jdk_ok "$JAVA_HOME"; then
            return 0
        fi
    done
    unset JAVA_HOME
    echo "Comuta needs a JDK 25 or later: install one (Eclipse Temurin 25, for example) or set JAVA_HOME to it." >&2
    return 1
}

comuta_jdk_find || return 1
PATH="$JAVA_HOME/bin:$PATH"
export JAVA_HOME PATH
