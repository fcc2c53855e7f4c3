using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;
using Braid.Testing;

namespace Braid.Compute.Tests;

/// <summary>What every sandbox must do.</summary>
public sealed class SandboxConformanceTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<SandboxKind> Kinds => [SandboxKind.Bubblewrap, SandboxKind.Unshare];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Output_comes_as_lines_and_the_exit_code_is_the_programs(SandboxKind kind)
    {
        var (exit, lines) = await RunAsync(kind, Shell("echo out; echo err >&2; exit 7"));

        Assert.Equal(new(ExitCause.Exited, 7), exit);
        Assert.Contains(new OutputLine(false, "out"), lines);
        Assert.Contains(new OutputLine(true, "err"), lines);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Inputs_are_read_only_and_what_is_written_to_out_stays(SandboxKind kind)
    {
        var input = Directory.CreateDirectory(folder.File("in")).FullName;
        var output = Directory.CreateDirectory(folder.File("out")).FullName;
        await File.WriteAllTextAsync(Path.Combine(input, "a"), "hello");
        var spec = Shell("cp /pfs/in/a /pfs/out/b; echo x > /pfs/in/a; echo y > /pfs/new; ls /pfs") with
        {
            Mounts = [new(input, "/pfs/in", false), new(output, "/pfs/out", true)],
        };

        var (_, lines) = await RunAsync(kind, spec);

        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(output, "b")));
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(input, "a")));
        Assert.Equal(["in", "out"], lines.Where(l => !l.IsError).Select(l => l.Text));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_single_file_can_be_mounted(SandboxKind kind)
    {
        await File.WriteAllTextAsync(folder.File("f"), "content");
        var spec = Shell("cat /pfs/in/deep/f") with { Mounts = [new(folder.File("f"), "/pfs/in/deep/f", false)] };

        var (_, lines) = await RunAsync(kind, spec);

        Assert.Equal([new(false, "content")], lines);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_machines_other_files_are_not_there_and_tmp_is_private(SandboxKind kind)
    {
        var secret = folder.File("secret");
        await File.WriteAllTextAsync(secret, "x");

        var (exit, lines) = await RunAsync(
            kind,
            Shell($"test ! -e {secret} && test ! -e /etc/shadow && test ! -e /root && echo a > /tmp/mine && ls /tmp")
        );

        Assert.Equal(0, exit.Code);
        Assert.Equal([new(false, "mine")], lines);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_environment_is_exactly_what_was_asked_for(SandboxKind kind)
    {
        var spec = new ProcessSpec
        {
            Command = ["env"],
            Environment = new Dictionary<string, string> { ["A"] = "1 2", ["my-input"] = "/pfs/my-input/x" },
        };

        var (_, lines) = await RunAsync(kind, spec);

        string[] allowed = ["A", "my-input", "PATH", "HOME", "PWD", "OLDPWD"];
        Assert.Contains(new OutputLine(false, "A=1 2"), lines);
        Assert.Contains(new OutputLine(false, "my-input=/pfs/my-input/x"), lines);
        Assert.All(lines, line => Assert.Contains(line.Text.Split('=')[0], allowed));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Standard_input_and_directory_arrive(SandboxKind kind)
    {
        var spec = new ProcessSpec
        {
            Command = ["sh"],
            StandardInput = ["pwd", "echo second"],
            WorkingDirectory = "/tmp",
        };

        var (_, lines) = await RunAsync(kind, spec);

        Assert.Equal([new(false, "/tmp"), new(false, "second")], lines);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_program_that_reads_no_input_is_no_failure(SandboxKind kind)
    {
        var lines = Enumerable.Repeat(new string('x', 1000), 1000).ToList();

        var (exit, _) = await RunAsync(kind, new() { Command = ["true"], StandardInput = lines });

        Assert.Equal(new(ExitCause.Exited, 0), exit);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_signal_is_told_from_an_exit_code(SandboxKind kind)
    {
        var (exit, _) = await RunAsync(kind, Shell("kill -TERM $$"));

        Assert.Equal(ExitCause.Signalled, exit.Cause);
        Assert.Equal(15, exit.Signal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_timeout_ends_everything_that_was_started(SandboxKind kind)
    {
        var spec = Shell("setsid sleep 1000 & sleep 1000") with { Timeout = TimeSpan.FromMilliseconds(300) };

        var (exit, _) = await RunAsync(kind, spec);

        Assert.Equal(ExitCause.TimedOut, exit.Cause);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stop_ends_a_running_process(SandboxKind kind)
    {
        var started = new TaskCompletionSource();
        var process = await (await ExecutorAsync(kind)).StartAsync(
            Shell("echo ready; sleep 1000"),
            _ =>
            {
                started.TrySetResult();
                return ValueTask.CompletedTask;
            }
        );
        await started.Task;

        process.Stop();

        Assert.Equal(ExitCause.Stopped, (await process.Exit).Cause);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_sink_that_throws_ends_the_process(SandboxKind kind)
    {
        var process = await (await ExecutorAsync(kind)).StartAsync(
            Shell("echo ready; sleep 1000"),
            _ => throw new IOException("disk full")
        );

        Assert.Equal("disk full", (await Assert.ThrowsAsync<IOException>(() => process.Exit)).Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_missing_program_fails_and_is_named(SandboxKind kind)
    {
        var (exit, lines) = await RunAsync(kind, new() { Command = ["no-such-program"] });

        Assert.NotEqual(0, exit.Code);
        Assert.Contains(lines, line => line.Text.Contains("no-such-program", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Limits_are_set(SandboxKind kind)
    {
        var spec = Shell("ulimit -n") with { Limits = new() { OpenFiles = 77 } };

        var (_, lines) = await RunAsync(kind, spec);

        Assert.Equal([new(false, "77")], lines);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Folders_of_the_server_are_seen_where_it_says(SandboxKind kind)
    {
        var app = Directory.CreateDirectory(folder.File("app")).FullName;
        await File.WriteAllTextAsync(Path.Combine(app, "tool"), "echo from the app\n");
        var options = new SandboxOptions { Kind = kind, ExtraMounts = [new(app, "/opt/app", false)] };

        var (_, lines) = await RunAsync(options, new() { Command = ["sh", "/opt/app/tool"] });

        Assert.Equal([new(false, "from the app")], lines);
    }

    public void Dispose() => folder.Dispose();

    private static ProcessSpec Shell(string line) => new() { Command = ["sh", "-c", line] };

    private static Task<ProcessExecutor> ExecutorAsync(SandboxKind kind) =>
        ExecutorAsync(new SandboxOptions { Kind = kind });

    private static async Task<ProcessExecutor> ExecutorAsync(SandboxOptions options) =>
        (await ProcessExecutor.DetectAsync(options, TimeProvider.System)).Value;

    private static Task<(ProcessExit Exit, List<OutputLine> Lines)> RunAsync(SandboxKind kind, ProcessSpec spec) =>
        RunAsync(new SandboxOptions { Kind = kind }, spec);

    private static async Task<(ProcessExit Exit, List<OutputLine> Lines)> RunAsync(
        SandboxOptions options,
        ProcessSpec spec
    )
    {
        var lines = new List<OutputLine>();
        var process = await (await ExecutorAsync(options)).StartAsync(
            spec,
            line =>
            {
                lock (lines)
                {
                    lines.Add(line);
                }

                return ValueTask.CompletedTask;
            }
        );
        return (await process.Exit, lines);
    }
}
