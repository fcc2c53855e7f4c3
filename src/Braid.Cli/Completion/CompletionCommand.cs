using Braid.Cli.CommandLine;

namespace Braid.Cli.Completion;

/// <summary>Prints the script that lets a shell complete words; the script asks <see cref="Complete"/>.</summary>
internal static class CompletionCommand
{
    private static readonly Flag install = Flags.Switch("install", null, "Write it to where the shell looks for it.");
    private static readonly Flag path = Flags.Value("path", null, "With --install: write it to this file.");

    public static Command Command { get; } =
        new Command("completion", "bash|zsh|fish", "Print the script that completes words in a shell.")
        {
            Flags = [install, path],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var shell =
            ShellScripts.Find(call.Arguments[0])
            ?? throw new Failure($"no script for \"{call.Arguments[0]}\": there are those of bash, zsh and fish");
        if (!call.Has(install))
        {
            call.Out.Write(shell.Script);
            return 0;
        }

        var target = call.Text(path) ?? Path.Combine(call.World.Variable("HOME") ?? "/", shell.Place);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target)) ?? "/");
        await File.WriteAllTextAsync(target, shell.Script, ct);
        call.Error.WriteLine(
            $"{shell.Name} completions installed in {target}, you must restart your terminal to enable them."
        );
        return 0;
    }
}
