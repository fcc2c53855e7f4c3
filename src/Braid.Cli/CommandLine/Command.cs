namespace Braid.Cli.CommandLine;

/// <summary>One thing the program can do: its words, what it takes and what it does.</summary>
/// <param name="Name"><c>verb noun</c>, or one word.</param>
/// <param name="Usage">The arguments as the help text shows them.</param>
/// <param name="Summary">One line.</param>
internal sealed record Command(string Name, string Usage, string Summary)
{
    public int LeastArguments { get; init; }

    public int MostArguments { get; init; }

    /// <summary>Its own flags, in the order of the help text.</summary>
    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>Everything after the name goes through as it is.</summary>
    public bool PassesThrough { get; init; }

    /// <summary>Help does not list it, and it is not offered.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Does it; the result is the exit code.</summary>
    public required Func<Invocation, CancellationToken, Task<int>> RunAsync { get; init; }

    public string Verb => Name.Split(' ')[0];

    /// <summary>Exactly this many arguments.</summary>
    public Command Taking(int count) => this with { LeastArguments = count, MostArguments = count };

    public Command Taking(int least, int most) => this with { LeastArguments = least, MostArguments = most };
}
