using Braid.Cli.Connection;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;

namespace Braid.Cli.CommandLine;

/// <summary>One call of a command: what it was given, and the world it runs in.</summary>
internal sealed class Invocation(Command command, ParsedFlags flags, Surroundings world) : IDisposable
{
    private PachClient? client;
    private ServerAddress? server;
    private WebClient? web;

    public Command Command => command;

    public Surroundings World => world;

    public TextWriter Out => world.Out;

    public TextWriter Error => world.Error;

    public IReadOnlyList<string> Arguments => flags.Arguments;

    /// <summary>The arguments before <c>--</c>; all where there is none.</summary>
    public IReadOnlyList<string> BeforeDashes => [.. flags.Arguments.Take(flags.Dashes ?? flags.Arguments.Count)];

    /// <summary>The server that the environment or the active context names.</summary>
    public ServerAddress Server => server ??= ServerAddress.Find(world);

    /// <summary>A connection to it, opened when first used.</summary>
    public PachClient Pach =>
        client ??= new PachClient(Server, Span(Flags.RpcTimeout))
        {
            Greeting = new(world, Server),
            Added = id => Error.WriteLine($"Added to transaction: {id}"),
        };

    /// <summary>What that server answers beside Pachyderm's protocol.</summary>
    public WebClient Web => web ??= new WebClient(Server, Pach);

    /// <summary>The project that names without one belong to.</summary>
    public string Project => flags.Text(Flags.Project) ?? Server.Project ?? "default";

    /// <summary>How times, sizes and states are shown.</summary>
    public Style Style => new(world.Clock, world.UsesColor && !Has(Flags.NoColor), Has(Flags.FullTimestamps));

    /// <summary>Says to who sits at the keyboard that something is awaited from it.</summary>
    public void RemindOfInput()
    {
        if (world.IsTyped)
        {
            Error.WriteLine("Reading from stdin.");
        }
    }

    public string? Argument(int index) => index < Arguments.Count ? Arguments[index] : null;

    public bool Has(Flag flag) => flags.Has(flag);

    public string? Text(Flag flag) => flags.Text(flag);

    public IReadOnlyList<string> All(Flag flag) => flags.All(flag);

    /// <exception cref="Failure">It is not a number.</exception>
    public long Number(Flag flag, long otherwise) =>
        flags.Text(flag) is not { } text ? otherwise
        : long.TryParse(text, out var number) ? number
        : throw new Failure($"invalid argument \"{text}\" for --{flag.Name}: not a number");

    /// <summary>A duration, as Go writes it; null when the flag is not given.</summary>
    /// <exception cref="Failure">It is not a duration.</exception>
    public TimeSpan? Span(Flag flag) =>
        Text(flag) is not { } text ? null
        : GoDuration.TryParse(text, out var limit) ? limit
        : throw new Failure($"invalid argument \"{text}\" for --{flag.Name}: not a duration like \"30s\" or \"5m\"");

    /// <summary>The same call for another command: flags of the same names keep their values, unless others are given here.</summary>
    public Invocation As(Command other, IReadOnlyList<string> arguments, IEnumerable<(string Name, string Value)> added)
    {
        var parsed = new ParsedFlags();
        parsed.Arguments.AddRange(arguments);
        foreach (var flag in other.Flags.Concat(Flags.Global))
        {
            var own = command.Flags.Concat(Flags.Global).FirstOrDefault(mine => mine.Name == flag.Name);
            var values = added.Where(pair => pair.Name == flag.Name).Select(pair => pair.Value).ToList();
            foreach (var value in values is [] && own is not null ? flags.All(own) : values)
            {
                parsed.Add(flag, value);
            }
        }

        return new(other, parsed, world);
    }

    public void Dispose()
    {
        web?.Dispose();
        client?.Dispose();
    }
}
