@echo off
rem Windows: runs mvnw with the sh of Git for Windows; without it, an installed mvn (3.8 or later, JDK 25 in JAVA_HOME).
setlocal
where sh >nul 2>nul
if not errorlevel 1 (
    sh "%~dp0mvnw" %*
    exit /b
)
if exist "%ProgramFiles%\Git\bin\sh.exe" (
    "%ProgramFiles%\Git\bin\sh.exe" "%~dp0mvnw" %*
    exit /b
)
where mvn >nul 2>nul
if errorlevel 1 (
    echo mvnw: install Git for Windows, or Maven 3.8 or later. 1>&2
    exit /b 1
)
mvn %*
