using System.Diagnostics;
using System.Security.Cryptography;
using Braid.Compute.Limits;
using Braid.Compute.Processes.Replicas;
using Braid.Compute.Sandboxes;
using Braid.Compute.Sessions;
using Braid.Compute.Users;
using Braid.Primitives;

namespace Braid.Compute.Processes;

/// <summary>Starts user code as processes of this machine, each in a sandbox.</summary>
public sealed class ProcessExecutor
{
    private readonly ISandbox sandbox;
    private readonly TimeProvider clock;

    internal ProcessExecutor(ISandbox sandbox, TimeProvider clock)
    {
        this.sandbox = sandbox;
        this.clock = clock;
    }

    /// <summary>Which sandbox is used: <c>bubblewrap</c> or <c>unshare</c>.</summary>
    public string Sandbox => sandbox.Name;

    /// <summary>Finds the first sandbox that works here; an error that says why none does.</summary>
    public static async Task<Result<ProcessExecutor>> DetectAsync(SandboxOptions options, TimeProvider clock)
    {
        var reasons = new List<string>();
        foreach (var sandbox in Candidates(options))
        {
            var executor = new ProcessExecutor(sandbox, clock);
            if (await executor.WhyNotAsync() is not { } reason)
            {
                return executor;
            }

            reasons.Add($"{sandbox.Name}: {reason}");
        }

        return Errors.NoSandbox(reasons);
    }

    /// <summary>Starts a process; <paramref name="output"/> gets its lines one at a time per stream, as they come.</summary>
    /// <exception cref="InvalidOperationException">It is to run as a user that this sandbox cannot give it.</exception>
    public async Task<RunningProcess> StartAsync(ProcessSpec spec, Func<OutputLine, ValueTask> output)
    {
        if (Refuse(spec.User) is { } refused)
        {
            throw new InvalidOperationException(refused.Message);
        }

        var (process, group) = await SpawnAsync(spec);
        return new(process, group, spec, output, clock);
    }

    /// <summary>Starts a sandbox that stays until it is disposed of, or one of its commands ends it.</summary>
    public async Task<Result<SandboxSession>> OpenSessionAsync(SessionSpec spec)
    {
        if (Refuse(spec.User) is { } refused)
        {
            return refused;
        }

        var environment = GpuDevices.Shown(spec.Environment, spec.Gpus);
        var shell = new ProcessSpec
        {
            Command = ["sh"],
            Environment = environment,
            Mounts = spec.Mounts,
            User = spec.User,
            Limits = spec.Limits,
            Devices = spec.Gpus.Count == 0 ? [] : GpuDevices.All(),
        };
        var (process, group) = await SpawnAsync(shell);
        return new SandboxSession(process, group, new(NewName(), environment), clock);
    }

    private async Task<(Process Process, ControlGroup? Group)> SpawnAsync(ProcessSpec spec)
    {
        var group = ControlGroup.TryCreate(spec.Limits, NewName());
        var limits = group is null ? spec.Limits : spec.Limits with { MemoryBytes = null };
        var start = sandbox.Wrap(spec with { Environment = Complete(spec.Environment), Limits = limits });
        if (group is not null)
        {
            start = GroupEntry.Before(start, group);
        }

        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return (await SpawnThread.Shared.StartAsync(start), group);
    }

    private Error? Refuse(UserAccount? user) =>
        user is null || sandbox.ChangesUser ? null : Errors.CannotChangeUser(sandbox.Name);

    private static string NewName() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static IEnumerable<ISandbox> Candidates(SandboxOptions options)
    {
        if (options.Kind is SandboxKind.Any or SandboxKind.Bubblewrap)
        {
            yield return new BubblewrapSandbox(options.ExtraMounts);
        }

        if (options.Kind is SandboxKind.Any or SandboxKind.Unshare)
        {
            yield return new UnshareSandbox(options.ExtraMounts);
        }
    }

    private static Dictionary<string, string> Complete(IReadOnlyDictionary<string, string> environment)
    {
        var complete = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        complete.TryAdd("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        complete.TryAdd("HOME", "/tmp");
        return complete;
    }

    /// <summary>Runs <c>true</c> the way user code would run; null when it works.</summary>
    private async Task<string?> WhyNotAsync()
    {
        var lines = new List<string>();
        var spec = new ProcessSpec { Command = ["true"], Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            var process = await StartAsync(spec, line => Keep(lines, line));
            var exit = await process.Exit;
            return exit is { Cause: ExitCause.Exited, Code: 0 } ? null : $"{exit}: {string.Join(", ", lines)}";
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return error.Message;
        }
    }

    private static ValueTask Keep(List<string> lines, OutputLine line)
    {
        lock (lines)
        {
            lines.Add(line.Text);
        }

        return ValueTask.CompletedTask;
    }
}
