namespace Braid.Cli.CommandLine;

/// <summary>What the program sees of the machine; tests give it another.</summary>
internal sealed record Surroundings(
    TextWriter Out,
    TextWriter Error,
    Func<string, string?> Variable,
    TimeProvider Clock
)
{
    /// <summary>Standard input, opened when a command reads it.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Standard output as bytes, for files.</summary>
    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Standard error as bytes, for what a program prints.</summary>
    public Func<Stream> OpenErrors { get; init; } = Console.OpenStandardError;

    /// <summary>Somebody types standard input.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Standard output is a terminal.</summary>
    public bool ShowsOutput { get; init; }

    /// <summary>Standard error is a terminal.</summary>
    public bool ShowsErrors { get; init; }

    /// <summary>Standard output is a terminal that shows colors.</summary>
    public bool UsesColor { get; init; }

    /// <summary>The config file that Pachyderm puts into every worker.</summary>
    public string WorkerConfig { get; init; } = "/pachctl/config.json";

    public static Surroundings OfThisProcess() =>
        new(Console.Out, Console.Error, Environment.GetEnvironmentVariable, TimeProvider.System)
        {
            IsTyped = !Console.IsInputRedirected,
            ShowsOutput = !Console.IsOutputRedirected,
            ShowsErrors = !Console.IsErrorRedirected,
            UsesColor = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "",
        };
}
