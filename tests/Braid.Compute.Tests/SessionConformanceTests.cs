using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;
using Braid.Compute.Sessions;
using Braid.Testing;

namespace Braid.Compute.Tests;

/// <summary>What a sandbox that stays must do, whatever makes the sandbox.</summary>
public sealed class SessionConformanceTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<SandboxKind> Kinds => [SandboxKind.Bubblewrap, SandboxKind.Unshare];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_command_has_its_own_lines_and_its_own_exit_code(SandboxKind kind)
    {
        await using var session = await OpenAsync(kind);

        var first = await RunAsync(session, Shell("echo one; echo err >&2; exit 7"));
        var second = await RunAsync(session, Shell("printf 'no newline'; printf 'nor here' >&2"));
        var third = await RunAsync(session, Shell("echo; echo three; echo; echo"));

        Assert.Equal(new(ExitCause.Exited, 7), first.Exit);
        Assert.Equal([new(false, "one"), new(true, "err")], first.Lines.OrderBy(line => line.IsError));
        Assert.Equal([new(false, "no newline"), new(true, "nor here")], second.Lines.OrderBy(line => line.IsError));
        Assert.Equal(["", "three", "", ""], third.Lines.Select(line => line.Text));
        Assert.False(session.IsOver);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Variables_input_and_directory_are_each_commands_own(SandboxKind kind)
    {
        await using var session = await OpenAsync(
            kind,
            new() { Environment = Variables(("A", "session"), ("B", "stays")) }
        );
        var odd = new SessionCommand
        {
            Command = ["env"],
            Environment = Variables(("A", "it's"), ("my-input", "/pfs/my input"), ("C", "$A `x` \\n")),
        };
        var reading = new SessionCommand
        {
            Command = ["cat"],
            StandardInput = ["'quoted' $A", new string('x', 100_000)],
        };

        var first = await RunAsync(session, odd);
        var second = await RunAsync(session, Shell("echo $A $C; pwd") with { WorkingDirectory = "/tmp" });
        var third = await RunAsync(session, reading);

        Assert.Superset(
            new HashSet<string> { "A=it's", "B=stays", "my-input=/pfs/my input", "C=$A `x` \\n" },
            first.Lines.Select(line => line.Text).ToHashSet()
        );
        Assert.Equal(["session", "/tmp"], second.Lines.Select(line => line.Text));
        Assert.Equal("'quoted' $A", third.Lines[0].Text);
        Assert.Equal(100_000, third.Lines.Skip(1).Sum(line => line.Text.Length));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_command_left_running_is_gone_before_the_next(SandboxKind kind)
    {
        await using var session = await OpenAsync(kind);

        await RunAsync(session, Shell("setsid sleep 1000 & sleep 1000 & echo $! > /tmp/left"));
        var (exit, lines) = await RunAsync(
            session,
            Shell("cat /tmp/left; ls /proc | grep -c '^[0-9]'; test -e /proc/$(cat /tmp/left)")
        );

        Assert.Equal(new(ExitCause.Exited, 1), exit);
        Assert.Equal(2, lines.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_signal_is_told_from_an_exit_code_and_ends_only_the_command(SandboxKind kind)
    {
        await using var session = await OpenAsync(kind);

        var (exit, lines) = await RunAsync(session, Shell("kill -TERM $$"));

        Assert.Equal((ExitCause.Signalled, 15), (exit.Cause, exit.Signal));
        Assert.Empty(lines);
        Assert.Equal(0, (await RunAsync(session, Shell("true"))).Exit.Code);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_command_that_is_not_there_is_named(SandboxKind kind)
    {
        await using var session = await OpenAsync(kind);

        var (exit, lines) = await RunAsync(session, new() { Command = ["no-such-program"] });
        var lost = await RunAsync(session, Shell("true") with { WorkingDirectory = "/no/such/folder" });

        Assert.Equal(new(ExitCause.Exited, 127), exit);
        Assert.Contains(lines, line => line.Text.Contains("no-such-program", StringComparison.Ordinal));
        Assert.NotEqual(0, lost.Exit.Code);
        Assert.Contains(lost.Lines, line => line.Text.Contains("/no/such/folder", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_timeout_ends_the_session_with_everything_in_it(SandboxKind kind)
    {
        await using var session = await OpenAsync(kind);

        var (exit, _) = await RunAsync(
            session,
            Shell("setsid sleep 1000 & sleep 1000") with
            {
                Timeout = TimeSpan.FromMilliseconds(300),
            }
        );

        Assert.Equal(ExitCause.TimedOut, exit.Cause);
        Assert.True(session.IsOver);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_command_that_kills_all_it_can_reach_ends_the_session_and_says_so(SandboxKind kind)
    {
        await using var session = await OpenAsync(kind);

        var (exit, _) = await RunAsync(session, Shell("kill -9 $PPID; sleep 1000"));

        Assert.Equal((ExitCause.Signalled, 9), (exit.Cause, exit.Signal));
        Assert.True(session.IsOver);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_sink_that_throws_ends_the_session(SandboxKind kind)
    {
        await using var session = await OpenAsync(kind);

        var run = session.RunAsync(Shell("echo ready; sleep 1000"), _ => throw new IOException("disk full"));

        Assert.Equal("disk full", (await Assert.ThrowsAsync<IOException>(() => run)).Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_sandbox_that_cannot_be_made_says_why(SandboxKind kind)
    {
        await using var session = await OpenAsync(kind, new() { Mounts = [new("/no/such/source", "/pfs/x", false)] });

        var (exit, lines) = await RunAsync(session, Shell("true"));

        Assert.NotEqual(0, exit.Code);
        Assert.True(session.IsOver);
        Assert.Contains(lines, line => line.Text.Contains("/no/such/source", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Folders_that_are_moved_outside_between_commands_appear_inside(SandboxKind kind)
    {
        var pfs = Directory.CreateDirectory(folder.File("pfs")).FullName;
        var output = Directory.CreateDirectory(folder.File("out")).FullName;
        Directory.CreateDirectory(Path.Combine(pfs, "out"));
        Directory.CreateDirectory(folder.File("next"));
        await File.WriteAllTextAsync(folder.File("next/a"), "hello");
        await using var session = await OpenAsync(
            kind,
            new() { Mounts = [new(pfs, "/pfs", false), new(output, "/pfs/out", true)] }
        );
        await RunAsync(session, Shell("test ! -e /pfs/in"));

        Directory.Move(folder.File("next"), Path.Combine(pfs, "in"));
        var (exit, _) = await RunAsync(session, Shell("cp /pfs/in/a /pfs/out/b; ! touch /pfs/in/new 2> /dev/null"));

        Assert.Equal(0, exit.Code);
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(output, "b")));
    }

    public void Dispose() => folder.Dispose();

    private static SessionCommand Shell(string line) => new() { Command = ["sh", "-c", line] };

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value);

    private static async Task<SandboxSession> OpenAsync(SandboxKind kind, SessionSpec? spec = null)
    {
        var executor = await ProcessExecutor.DetectAsync(new SandboxOptions { Kind = kind }, TimeProvider.System);
        return (await executor.Value.OpenSessionAsync(spec ?? new())).Value;
    }

    private static async Task<(ProcessExit Exit, List<OutputLine> Lines)> RunAsync(
        SandboxSession session,
        SessionCommand command
    )
    {
        var lines = new List<OutputLine>();
        var exit = await session.RunAsync(
            command,
            line =>
            {
                lock (lines)
                {
                    lines.Add(line);
                }

                return ValueTask.CompletedTask;
            }
        );
        return (exit, lines);
    }
}
