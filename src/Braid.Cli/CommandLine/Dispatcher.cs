using Braid.Cli.OldForms;
using Braid.Cli.Output;
using Braid.Cli.Workloads;
using Braid.Grpc.Statuses;

namespace Braid.Cli.CommandLine;

/// <summary>Finds the command that the words name, runs it, and turns what went wrong into a message and an exit code.</summary>
internal static class Dispatcher
{
    public static async Task<int> RunAsync(string[] words, Surroundings world, CancellationToken ct)
    {
        try
        {
            return await DispatchAsync(words, world, ct);
        }
        catch (Failure failure)
        {
            world.Error.WriteLine(failure.Message);
            if (failure.ShowUsageOf is { } command)
            {
                world.Error.Write($"\n{HelpText.UsageOf(command)}");
            }
        }
        catch (GrpcException refused)
        {
            world.Error.WriteLine(NextStep.Words(refused.Status));
            if (NextStep.After(refused.Status) is { } hint)
            {
                world.Error.WriteLine(hint);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            world.Error.WriteLine(error.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 130; // as a shell says that Ctrl-C ended it
        }

        return 1;
    }

    private static Task<int> DispatchAsync(string[] words, Surroundings world, CancellationToken ct)
    {
        if (words.Length == 0 || words is ["help"] or ["--help"] or ["-h"])
        {
            world.Out.Write(HelpText.OfProgram());
            return Task.FromResult(0);
        }

        var (command, named) = Find(words[0] == "help" ? words[1..] : words);
        if (command is null)
        {
            throw new Failure($"unknown command \"{string.Join(' ', words)}\": {NearestCommand.Hint(words)}");
        }

        return words[0] == "help" ? ShowAsync(command, world) : InvokeAsync(command, words[named..], world, ct);
    }

    /// <summary>Today's commands first; then, with words or flags that only 1.x had, the old ones.</summary>
    private static (Command? Command, int Words) Find(string[] words)
    {
        if (words is ["runai", _, ..])
        {
            var (theirs, count) = RunaiWords.Find(words[1..]) ?? Find(words[1..]);
            return (theirs, count + 1);
        }

        var (today, named) = CommandTable.Find(words);
        var old = words.Length == 0 ? null : OldCommands.Find(words);
        var oldNamed = old?.Name.Split(' ').Length ?? 0;
        // "run ID" is of today, "run pipeline NAME" was.
        return today is null || oldNamed > named ? (old, oldNamed) : (OldFlags.Find(today, words) ?? today, named);
    }

    private static async Task<int> InvokeAsync(
        Command command,
        string[] words,
        Surroundings world,
        CancellationToken ct
    )
    {
        var flags = command.PassesThrough ? Untouched(words) : FlagParser.Parse(command, words);
        if (flags.Has(Flags.Help))
        {
            return await ShowAsync(command, world);
        }

        CheckCount(command, flags.Arguments.Count);
        await using var pager = Pages(command, flags, world) ? Pager.Start(world) : null;
        using var call = new Invocation(command, flags, pager is null ? world : world with { Out = pager.Input });
        try
        {
            return await command.RunAsync(call, ct);
        }
        catch (IOException) when (pager is { HasEnded: true })
        {
            return 0;
        }
    }

    /// <summary>Records for programs do not go through a pager, and nothing does but to a terminal.</summary>
    private static bool Pages(Command command, ParsedFlags flags, Surroundings world) =>
        world.ShowsOutput
        && command.Flags.Contains(Flags.NoPager)
        && !flags.Has(Flags.NoPager)
        && !flags.Has(Flags.Raw);

    private static ParsedFlags Untouched(string[] words)
    {
        var flags = new ParsedFlags();
        flags.Arguments.AddRange(words);
        return flags;
    }

    private static Task<int> ShowAsync(Command command, Surroundings world)
    {
        world.Out.Write(HelpText.Of(command));
        return Task.FromResult(0);
    }

    private static void CheckCount(Command command, int given)
    {
        if (!command.PassesThrough && (given < command.LeastArguments || given > command.MostArguments))
        {
            var expected =
                command.LeastArguments == command.MostArguments
                    ? $"{command.LeastArguments} arguments"
                    : $"{command.LeastArguments} to {command.MostArguments} arguments";
            throw new Failure($"expected {expected}, got {given}") { ShowUsageOf = command };
        }
    }
}
