namespace Braid.Pipelines.Specs;

/// <summary>The user's code: a program that is started directly (no shell) once per datum.</summary>
public sealed record Transform
{
    /// <summary>Recorded and shown; the process executor does not use it.</summary>
    public string Image { get; init; } = "";

    public required IReadOnlyList<string> Cmd { get; init; }

    /// <summary>Lines for the standard input of <see cref="Cmd"/>.</summary>
    public IReadOnlyList<string> Stdin { get; init; } = [];

    /// <summary>Runs after a failed attempt; when it ends with 0 the datum is recovered: no output, no failure.</summary>
    public IReadOnlyList<string> ErrCmd { get; init; } = [];

    public IReadOnlyList<string> ErrStdin { get; init; } = [];

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Secrets that the program sees.</summary>
    public IReadOnlyList<SecretMount> Secrets { get; init; } = [];

    /// <summary>Exit codes other than 0 that count as success.</summary>
    public IReadOnlyList<long> AcceptReturnCode { get; init; } = [];

    /// <summary>The directory to start in; empty: <c>/</c>.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>The user to run as, by name or number; empty: the executor's.</summary>
    public string User { get; init; } = "";

    /// <summary>The program stays alive and asks for one datum after the other.</summary>
    public bool DatumBatching { get; init; }

    /// <summary>The folder for inputs and output is in memory.</summary>
    public bool MemoryVolume { get; init; }

    /// <summary>What the image was built from; recorded and shown.</summary>
    public string Dockerfile { get; init; } = "";

    /// <summary>The worker says more of what it does in its log.</summary>
    public bool Debug { get; init; }
}

/// <summary>A secret that a program sees: in a variable, as files, or both.</summary>
/// <param name="Name">The secret's.</param>
/// <param name="Key">Which of its values; empty: all of them, each in a file of its name.</param>
/// <param name="MountPath">The folder for the files; empty: there are none.</param>
/// <param name="EnvVar">The variable that holds the value of <paramref name="Key"/>; empty: there is none.</param>
public sealed record SecretMount(string Name, string Key, string MountPath, string EnvVar);
