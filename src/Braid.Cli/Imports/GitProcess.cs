using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Imports;

/// <summary>A call of the <c>git</c> program, which knows every form of repository and the user's credentials.</summary>
internal sealed class GitProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;
    private readonly string verb;

    private GitProcess(Process process, string verb)
    {
        (this.process, this.verb) = (process, verb);
        errors = process.StandardError.ReadToEndAsync();
    }

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    /// <exception cref="Failure">There is no git.</exception>
    public static GitProcess Start(string folder, params string[] words)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        try
        {
            var process = Process.Start(start) ?? throw new Failure("cannot start git");
            return new(process, words[0]);
        }
        catch (Win32Exception error)
        {
            throw new Failure($"this needs the git program: {error.Message}");
        }
    }

    /// <summary>What a call prints, without the line's end.</summary>
    public static async Task<string> ReadAsync(string folder, CancellationToken ct, params string[] words)
    {
        await using var git = Start(folder, words);
        git.Input.Close();
        using var reader = new StreamReader(git.Output);
        var text = await reader.ReadToEndAsync(ct);
        await git.EndAsync(ct);
        return text.TrimEnd('\n');
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="Failure">It failed; git's own words say why.</exception>
    public async Task EndAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
        {
            throw new Failure($"git {verb}: {(await errors).Trim()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await errors;
        process.Dispose();
    }
}
