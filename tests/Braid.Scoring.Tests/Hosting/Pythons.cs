using System.Diagnostics;
using Braid.Testing;

namespace Braid.Scoring.Tests.Hosting;

/// <summary>The Pythons of this machine that models are tried with.</summary>
internal static class Pythons
{
    private const string debians = "/usr/bin/python3";

    /// <summary>Debian's, with whatever packages are installed.</summary>
    public static string Debians => debians;

    /// <summary>Debian's has both numpy and pandas.</summary>
    public static bool HasFrames { get; } = Imports("numpy, pandas");

    /// <summary>Debian's without any package: only what comes with Python itself.</summary>
    /// <param name="folder">Holds the program that is it.</param>
    public static string Bare(TempFolder folder)
    {
        var path = folder.File("python-alone");
        File.WriteAllText(path, $"#!/bin/sh\nexec {debians} -I -S \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static bool Imports(string packages)
    {
        using var process = Process.Start(
            new ProcessStartInfo(debians, ["-c", $"import {packages}"])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        );
        process!.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
