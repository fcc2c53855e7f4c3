using Braid.Cli.CommandLine;

namespace Braid.Cli.OldForms;

/// <summary>
/// A command as releases 1.x of pachctl wrote it (<c>list-file repo branch path</c>), done by the command of today. It prints what
/// that one prints, and nothing else; somebody at a terminal is told the new words.
/// </summary>
/// <param name="Name">The old words.</param>
/// <param name="Usage">The old arguments.</param>
/// <param name="Target">The command of today.</param>
internal sealed record OldForm(string Name, string Usage, Command Target)
{
    /// <summary>The arguments of today, from the old ones.</summary>
    public Func<Invocation, CancellationToken, Task<IReadOnlyList<string>>> ArgumentsAsync { get; init; } =
        (call, _) => Task.FromResult(call.Arguments);

    /// <summary>Flags that the command of today does not have, or means otherwise.</summary>
    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>Values for flags of the command of today, besides those that were given under the same name.</summary>
    public Func<Invocation, IEnumerable<(string Name, string Value)>> Adds { get; init; } = _ => [];

    public int LeastArguments { get; init; }

    public int MostArguments { get; init; }

    /// <summary>As a command: what is given goes on to the command of today.</summary>
    public Command ToCommand() =>
        new Command(Name, Usage, $"Written \"{Target.Name}\" since release 1.8 or 2.0: braid help {Target.Name}")
        {
            Flags =
            [
                .. Flags,
                .. Target.Flags.Where(flag => Flags.All(own => own.Name != flag.Name && !Shares(own, flag))),
            ],
            RunAsync = RunAsync,
        }.Taking(LeastArguments, MostArguments);

    private static bool Shares(Flag own, Flag flag) => own.Short is { } letter && flag.Short == letter;

    private async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var arguments = await ArgumentsAsync(call, ct);
        if (call.World.ShowsErrors)
        {
            call.Error.WriteLine($"hint: this is \"braid {Target.Name} {string.Join(' ', arguments)}\" now");
        }

        using var today = call.As(Target, arguments, Adds(call));
        return await Target.RunAsync(today, ct);
    }
}
