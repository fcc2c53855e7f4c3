using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;
using Braid.Primitives;

namespace Braid.Pipelines.Tools;

/// <summary>
/// Programs of the machine that evaluate what a caller wrote (<c>jq</c>, <c>jsonnet</c>). They run as user code does, in a
/// sandbox, with little time and memory, and see nothing but their input.
/// </summary>
public sealed class SandboxedTools
{
    private const long memory = 512L << 20;
    private const int mostOutput = 16 << 20;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);
    private static readonly string[] folders = ["/usr/local/bin", "/usr/bin"];

    private readonly Lazy<Task<Result<ProcessExecutor>>> executor;

    /// <param name="clock">Measures how long they take.</param>
    public SandboxedTools(TimeProvider clock) =>
        executor = new(() => ProcessExecutor.DetectAsync(new SandboxOptions(), clock));

    /// <summary>False when a package must be installed first.</summary>
    public static bool Has(string tool) => folders.Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>What the command wrote, line by line; lines of more than 16 KiB come in pieces.</summary>
    /// <param name="input">Lines of its standard input.</param>
    public async Task<Result<IReadOnlyList<string>>> RunAsync(
        IReadOnlyList<string> command,
        IReadOnlyList<string> input,
        CancellationToken ct
    )
    {
        if (!(await executor.Value).TryGet(out var runner, out var noSandbox))
        {
            return noSandbox;
        }

        var spec = new ProcessSpec
        {
            Command = command,
            StandardInput = input,
            Timeout = patience,
            Limits = new() { MemoryBytes = memory },
        };
        var output = new Output();
        var process = await runner.StartAsync(spec, output.AddAsync);
        await using var _ = ct.Register(process.Stop);
        output.WhenFull(process.Stop);
        var exit = await process.Exit;
        ct.ThrowIfCancellationRequested();
        return output.IsFull ? Errors.ToolSaysTooMuch(command[0], mostOutput)
            : exit is { Cause: ExitCause.Exited, Code: 0 } ? output.Lines
            : Errors.ToolFailed(command[0], $"{exit}", output.Complaint);
    }

    private sealed class Output
    {
        private readonly Lock gate = new();
        private readonly List<string> lines = [];
        private readonly List<string> complaints = [];
        private Action? stop;
        private long size;

        public List<string> Lines => lines;

        public string Complaint => string.Join('\n', complaints);

        public bool IsFull => size > mostOutput;

        public void WhenFull(Action action)
        {
            stop = action;
            if (IsFull)
            {
                action();
            }
        }

        public ValueTask AddAsync(OutputLine line)
        {
            lock (gate)
            {
                size += line.Text.Length + 1;
                if (!IsFull)
                {
                    (line.IsError ? complaints : lines).Add(line.Text);
                    return ValueTask.CompletedTask;
                }
            }

            stop?.Invoke();
            return ValueTask.CompletedTask;
        }
    }
}
