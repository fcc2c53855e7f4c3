using Braid.Cli.CommandLine;
using Braid.Testing;

namespace Braid.Cli.Tests;

/// <summary>Runs the program in this process: a standing clock, its own variables and folders, no color.</summary>
internal sealed class CliRun
{
    private readonly Dictionary<string, string> variables = new() { ["HOME"] = "/nowhere" };

    public ManualClock Clock { get; } = new();

    /// <summary>What the program reads from standard input.</summary>
    public byte[] Input { get; init; } = [];

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>What went to standard output as bytes.</summary>
    public byte[] Bytes { get; private set; } = [];

    public CliRun With(string variable, string value)
    {
        variables[variable] = value;
        return this;
    }

    /// <summary>The exit code of <c>braid WORDS</c>.</summary>
    public async Task<int> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var bytes = new MemoryStream();
        var world = new Surroundings(output, error, name => variables.GetValueOrDefault(name), Clock)
        {
            OpenInput = () => new MemoryStream(Input),
            OpenOutput = () => bytes,
        };
        var code = await Dispatcher.RunAsync(words, world, CancellationToken.None);
        (Out, Error, Bytes) = (output.ToString(), error.ToString(), bytes.ToArray());
        return code;
    }
}
