using System.Diagnostics;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>What a call of the published program gave.</summary>
internal sealed record Outcome(int Code, string Out, string Error);

/// <summary>The published <c>braid</c>, as <c>./build publish</c> made it.</summary>
internal static class BraidProgram
{
    public static string DigitsFolder => Repository.PathOf("artifacts", "publish", "digits");

    /// <summary>Runs it to its end.</summary>
    public static async Task<Outcome> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] words)
    {
        using var process = Start(variables, words);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it with its output to be read.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> variables, params string[] words) =>
        StartBy([], variables, words);

    /// <summary>The same, by another program (setpriv) that becomes it.</summary>
    public static Process StartBy(
        IReadOnlyList<string> starter,
        IReadOnlyDictionary<string, string> variables,
        IReadOnlyList<string> words
    )
    {
        var program = Repository.PathOf("artifacts", "publish", "cli", "braid");
        if (!File.Exists(program))
        {
            throw new InvalidOperationException($"{program} is missing: run ./build publish first (./build test does)");
        }

        string[] line = [.. starter, program, .. words];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"could not start {program}");
    }
}
